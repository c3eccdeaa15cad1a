"""Looking into stored files, each once, in a child process."""

from __future__ import annotations

from typing import Any

import structlog

from saraban.contracts import ids
from saraban.contracts.actor import SYSTEM, signature
from saraban.contracts.errors.files import ChildKilled
from services.intake import domain
from services.intake.commands import ExamineFile
from services.intake.desk import Desk

log = structlog.get_logger(__name__)

MEMORY_MB, CPU_SECONDS, WALL_SECONDS = 512, 10, 30


def examine_file(command: ExamineFile, desk: Desk) -> None:
    """Look into a file that was not examined yet, and say what was found. A file that breaks its examiner is kept and
    flagged."""
    file = desk.file(command.sha256)
    if not domain.needs_examination(file) or file.stored is None:
        return
    found = _looked_into(command.sha256, file.stored.media_type, desk)
    while (happened := domain.examine(file, found)) is not None:
        stream = ids.file_stream(command.sha256)
        if desk.say(stream, happened, signature(SYSTEM), "examine_file", behind=file.version):
            return
        file = desk.file(command.sha256)


def _looked_into(sha256: str, media_type: str, desk: Desk) -> dict[str, Any]:
    if media_type not in domain.EXAMINED:
        return {"pages": 0, "flags": []}
    try:
        with desk.at_hand(sha256) as path:
            found: dict[str, Any] = desk.run(
                "services.intake.inside.examine:examine",
                path,
                media_type,
                memory_mb=MEMORY_MB,
                cpu_seconds=CPU_SECONDS,
                wall_seconds=WALL_SECONDS,
                output_bytes=100_000,
            )
            return found
    except ChildKilled as killed:
        log.warning("examination stopped", sha256=sha256, reason=killed.reason, said=killed.detail.get("last_words"))
        return {"pages": 0, "flags": [f"killed_{killed.reason}"]}
