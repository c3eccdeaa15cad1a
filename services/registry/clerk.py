"""The clerk: what every command handler of the registry works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import Actor, signature
from saraban.contracts.commit import Commit
from saraban.contracts.errors.letters import FileNotStored
from saraban.contracts.events import registry as said
from saraban.contracts.letters import FileRef
from saraban.ports import Clock
from saraban.settings import Settings
from services.registry.domain import books, letter, organisation
from services.registry.pen import Decide, Pen, Streams


class OrganisationChart:
    """The organisation, folded once and kept up with its stream."""

    def __init__(self) -> None:
        self._known = organisation.Organisation()
        self._version = 0

    def seen_by(self, streams: Streams) -> organisation.Organisation:
        """The organisation as the streams tell it now."""
        stream = ids.ORGANISATION_STREAM
        version, seen = streams.version(stream), self._known
        if version == self._version:
            return seen
        seen = organisation.fold(streams.events(stream, after=self._version), seen)
        if streams.settled(stream):
            self._known, self._version = seen, version
        return seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """The pen, the clock, the organisation chart and the agency's ways of doing."""

    pen: Pen
    clock: Clock
    settings: Settings
    chart: OrganisationChart = field(default_factory=OrganisationChart)

    def write(self, command_id: str, actor: Actor, cause: str, decide: Decide) -> Commit:
        """Decide and write one command of an officer."""
        return self.pen.write(command_id, signature(actor), cause, decide)

    def next_number(
        self, streams: Streams, unit_id: str, kind: str, letter_id: str, now: datetime
    ) -> said.NumberIssued:
        """The next number of the unit's open book, for a letter."""
        book_id = books.open_book(unit_id, kind, now, starts_in_october=self.settings.year_starts_in_october)
        start = books.start_number(streams.events(ids.book_notes_stream(book_id)))
        return books.issue(book_id, streams.version(ids.book_stream(book_id)), start, letter_id)


def letter_of(streams: Streams, letter_id: str) -> letter.Letter:
    """The letter as its stream tells it, with what this batch has decided already."""
    return letter.fold(streams.events(ids.letter_stream(letter_id)))


def check_stored(streams: Streams, files: tuple[FileRef, ...]) -> None:
    """Every file of a letter must be in intake's keeping. Raises FileNotStored."""
    for one in files:
        if streams.version(ids.file_stream(one.sha256)) == 0:
            raise FileNotStored({"sha256": one.sha256, "name": one.name})


def happened_in(commit: Commit, name: str) -> Mapping[str, Any]:
    """The data of the first event with a wire name in a commit. Raises LookupError when there is none."""
    for one in commit.events:
        if one.type == name:
            return one.data
    raise LookupError(name)
