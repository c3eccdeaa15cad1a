"""`saraban audit verify|checkpoint`: prove that the log is as it was written."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from saraban import wiring
from saraban.audit import Verdict, checkpoint, keep, kept_in, signing_key, verify_against
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
    parser.add_argument("--trust", help="public key (hex) that must have signed the checkpoints")
    parser.add_argument("--keep", action="store_true", help="keep the checkpoint in the object store too")
    parser.add_argument("--chain-only", action="store_true", help="leave out the checkpoints in the object store")
    parser.add_argument("--key", type=Path, help=f"private key for signing (data folder/{KEY_NAME}; made on first use)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers 1 when something is wrong. A running system may go on: the log is only read."""
    store = wiring.event_store(settings)
    try:
        if arguments.act == "checkpoint":
            return _sign(store, arguments, settings)
        return _verify(store, arguments, settings)
    finally:
        store.close()


def _sign(store: EventStore, arguments: argparse.Namespace, settings: Settings) -> int:
    key = signing_key(arguments.key or settings.data_folder / KEY_NAME)
    signed = checkpoint(store, key, wiring.MachineClock().now())
    print(json.dumps(signed))  # noqa: T201 - to be kept elsewhere, in a file or a mail
    if arguments.keep:
        name, days = keep(wiring.object_store(settings), signed), settings.objects_kept_days
        locked = f"ล็อกไว้ {days} วัน (locked for {days} days)" if days else "ไม่ได้ล็อก (not locked)"
        print(f"เก็บจุดรับรองแล้ว (kept as) {name}: {locked}", file=sys.stderr)  # noqa: T201 - beside the JSON
    return 0


def _verify(store: EventStore, arguments: argparse.Namespace, settings: Settings) -> int:
    given = [_read(arguments.against)] if arguments.against else []
    kept = [] if arguments.chain_only else list(kept_in(wiring.object_store(settings)))
    verdict = verify_against(store, [*given, *kept], arguments.trust)
    told: dict[str, Any] = {"sound": verdict.sound, "checked": verdict.checked, "wrong_at": verdict.wrong_at}
    told["finding"] = verdict.finding.name.lower() if verdict.finding else None
    told["checkpoints"] = len(given) + len(kept)
    say(told, _sentence(verdict, told["checkpoints"]), as_json=arguments.json)
    return 0 if verdict.sound else 1


def _sentence(verdict: Verdict, checkpoints: int) -> str:
    if verdict.finding is None:
        return (
            f"บันทึกครบถ้วนถึงรายการที่ {verdict.checked} ตรงกับจุดรับรอง {checkpoints} จุด"
            f"  (the log is sound up to position {verdict.checked} and agrees with {checkpoints} checkpoints)"
        )
    return f"รายการที่ {verdict.wrong_at}: {verdict.finding.th}  (position {verdict.wrong_at}: {verdict.finding.en})"


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text())
    except ValueError as error:
        raise NotACheckpoint({"reason": str(error)}) from error
    if not isinstance(kept, dict):
        raise NotACheckpoint({"reason": "not a JSON object"})
    return kept
