"""Getting the text out of a stored file, once, in a child process with limits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from saraban.broker.threads import in_thread
from saraban.contracts import codec
from saraban.contracts.actor import SYSTEM, signature
from saraban.contracts.errors.files import ChildKilled, FileUnknown
from saraban.contracts.events.search import TextExtracted
from saraban.contracts.ids import file_stream, new_id
from saraban.journal import journal
from services.search.commands import ReadFile
from services.search.desk import Desk
from services.search.domain import reading
from services.search.domain.file_text import BROKEN, KILLED, FileText
from services.search.views import FILES, keep_text

log = journal(__name__)

MEMORY_MB, CPU_SECONDS, WALL_SECONDS, ANSWER_BYTES = 512, 20, 40, 40_000_000


def read_file(desk: Desk, command: ReadFile) -> None:
    """Read a file that waits, keep its text and say so. A file that cannot be read is flagged; its letter stays to be
    found by its particulars. Raises ServiceAway when intake or the registry are; the file waits on then."""
    file = in_thread(desk.views.get, FILES, command.sha256)
    if file is None or file["read"] is not None:
        return
    text = _text(desk, command.sha256, file["media_type"])
    in_thread(keep_text, desk.views, text)
    _say(desk, text)


def _text(desk: Desk, sha256: str, media_type: str) -> FileText:
    if media_type not in reading.READABLE:
        return reading.without_reading(sha256, media_type)
    with tempfile.TemporaryDirectory(prefix="saraban-read-") as folder:
        path = Path(folder) / "file"
        try:
            desk.files.save(sha256, path)
            found = _read(desk, path, media_type)
        except FileUnknown:
            return FileText(sha256=sha256, flags=(BROKEN,))
        except ChildKilled as killed:
            log.warning("reading stopped", sha256=sha256, reason=killed.reason)
            return FileText(sha256=sha256, flags=(KILLED,))
    return in_thread(reading.file_text, sha256, media_type, found)


def _read(desk: Desk, path: Path, media_type: str) -> dict[str, object]:
    found: dict[str, object] = desk.run(
        "services.search.inside.read:read",
        str(path),
        media_type,
        memory_mb=MEMORY_MB,
        cpu_seconds=CPU_SECONDS,
        wall_seconds=WALL_SECONDS,
        output_bytes=ANSWER_BYTES,
    )
    return found


def _say(desk: Desk, text: FileText) -> None:
    event = TextExtracted(sha256=text.sha256, pages=len(text.pages), characters=text.characters, flags=text.flags)
    # Version 0: wherever the stream ends. Reading a file twice does no harm, so nothing has to be decided first.
    recorded = codec.encode(file_stream(text.sha256), 0, event)
    desk.registry.record(new_id(), signature(SYSTEM), "read_file", [msgspec.to_builtins(recorded)])
