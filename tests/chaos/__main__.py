"""`make chaos SEED=7 KILLS=20`: one bounded run; prints what it did and the verdict, and ends with 1 when it is bad."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.run import CLIENTS, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--replicas", type=int, default=2)
    chosen = parser.parse_args()
    began = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="saraban-chaos-") as folder:
        found = run(Path(folder), chosen.seed, chosen.kills, tell, clients=chosen.clients, replicas=chosen.replicas)
    for name, outcome in found.items():
        tell(f"{name}: {outcome}")
    sound = set(found.values()) == {"sound"}
    tell("VERDICT: sound" if sound else "VERDICT: WRONG")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
