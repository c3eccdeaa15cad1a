"""`saraban audit verify|checkpoint`: prove that the log is as it was written."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from saraban import wiring
from saraban.audit import Verdict, checkpoint, signing_key, verify, verify_against
from saraban.commands.say import say
from saraban.contracts.errors.log import NotACheckpoint
from saraban.ports import EventStore
from saraban.settings import Settings

HELP = "verify the log's chain of hashes, or sign its head"
KEY_NAME = "checkpoint.pem"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("act", choices=["verify", "checkpoint"])
    parser.add_argument("--against", type=Path, help="a checkpoint file: prove that history before it is unchanged")
    parser.add_argument("--trust", help="public key (hex) that must have signed the checkpoint")
    parser.add_argument("--key", type=Path, help=f"private key for signing (data folder/{KEY_NAME}; made on first use)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when something is wrong. A running system may go on: the log is only read."""
    store = wiring.event_store(settings)
    try:
        if arguments.act == "checkpoint":
            return _sign(store, arguments.key or settings.data_folder / KEY_NAME)
        return _verify(store, arguments)
    finally:
        store.close()


def _sign(store: EventStore, key: Path) -> int:
    signed = checkpoint(store, signing_key(key), wiring.MachineClock().now())
    print(json.dumps(signed))  # noqa: T201 - to be kept elsewhere, in a file or a mail
    return 0


def _verify(store: EventStore, arguments: argparse.Namespace) -> int:
    verdict = verify_against(store, _read(arguments.against), arguments.trust) if arguments.against else verify(store)
    told: dict[str, Any] = {"sound": verdict.sound, "checked": verdict.checked, "wrong_at": verdict.wrong_at}
    told["finding"] = verdict.finding.name.lower() if verdict.finding else None
    say(told, _sentence(verdict), as_json=arguments.json)
    return 0 if verdict.sound else 1


def _sentence(verdict: Verdict) -> str:
    if verdict.finding is None:
        return f"บันทึกครบถ้วนถึงรายการที่ {verdict.checked}  (the log is sound up to position {verdict.checked})"
    return f"รายการที่ {verdict.wrong_at}: {verdict.finding.th}  (position {verdict.wrong_at}: {verdict.finding.en})"


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text())
    except ValueError as error:
        raise NotACheckpoint({"reason": str(error)}) from error
    if not isinstance(kept, dict):
        raise NotACheckpoint({"reason": "not a JSON object"})
    return kept
