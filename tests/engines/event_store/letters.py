"""Drafts that one can remember: letters about a flood, and the register that numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from saraban.contracts.commit import Commit, Draft, RecordedEvent
from saraban.ports import EventStore

AT = "2026-11-23T01:30:00.000000+00:00"
SOMSRI = {"officer_id": "somsri", "name": "นางสมศรี ใจเย็น", "title": "เจ้าหน้าที่ธุรการ", "unit_id": "central"}
BOOK = "book:central:receive:2569"

_commands = count(1)


def arrived(letter: str = "flood", version: int = 1, **data: Any) -> RecordedEvent:
    """Something that happened to a letter."""
    told = data or {"subject": "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย", "sender": "สพฐ."}
    return RecordedEvent(stream=f"letter:{letter}", version=version, type="letter.arrived", type_version=1, data=told)


def numbered(version: int, letter: str = "flood", book: str = BOOK) -> RecordedEvent:
    """A number of the register: its version in the book's stream."""
    return RecordedEvent(
        stream=book, version=version, type="book.number_issued", type_version=1, data={"letter_id": letter}
    )


def draft(*events: RecordedEvent, command: str | None = None, cause: str | None = "receive") -> Draft:
    """A draft of the events, as a new command unless `command` names one."""
    command_id = command or f"command-{next(_commands)}"
    return Draft(command_id=command_id, at=AT, actor=SOMSRI, cause=cause, events=events)


def written(store: EventStore, *drafts: Draft) -> list[Commit]:
    """The commits of drafts that must all succeed."""
    outcomes = store.append(drafts)
    assert all(isinstance(outcome, Commit) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Commit)]


def shown(events: Sequence[RecordedEvent]) -> list[tuple[str, int]]:
    """Events as (stream, version)."""
    return [(event.stream, event.version) for event in events]
