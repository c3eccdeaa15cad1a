from __future__ import annotations

from saraban.contracts.events import intake as said
from saraban.follow import Happened
from services.intake.views import FILES, PROJECTIONS

STORED = said.FileStored(sha256="a" * 64, size=1000, name="หนังสือ.pdf", media_type="application/pdf")
SCANNED = said.FileScanned(sha256="a" * 64, pages=3, flags=("encrypted",))


class Kept(dict):
    def get(self, table, key):
        return super().get((table, key))


def after(*events: object) -> dict:
    kept = Kept()
    for version, event in enumerate(events, start=1):
        name = "file.stored" if isinstance(event, said.FileStored) else "file.scanned"
        happened = Happened(
            stream="file:a",
            version=version,
            type=name,
            event=event,
            position=version,
            at="2026-11-23T07:30:00+00:00",
            actor={},
            command_id="c",
            cause=None,
        )
        for change in PROJECTIONS[name](happened, kept):
            kept[change.table, change.key] = change.doc
            kept["index", change.key] = change.index
    return kept


def test_a_stored_file_waits_for_its_examination() -> None:
    kept = after(STORED)

    assert kept[FILES, STORED.sha256]["pages"] is None
    assert kept["index", STORED.sha256] == {"work": ["examine"]}


def test_an_examined_file_waits_no_more_and_tells_what_was_found() -> None:
    kept = after(STORED, SCANNED)

    assert kept[FILES, STORED.sha256]["pages"] == 3
    assert kept[FILES, STORED.sha256]["flags"] == ["encrypted"]
    assert kept[FILES, STORED.sha256]["name"] == "หนังสือ.pdf"
    assert kept["index", STORED.sha256] == {}
