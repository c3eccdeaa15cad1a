"""Calls that read letters and registers. Every look at a classified letter is recorded."""

from __future__ import annotations

from typing import Any

from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts.actor import from_wire
from services.registry import queries, reading
from services.registry.bootstrap import Registry

Wire = dict[str, Any]


class ReadingCalls:
    """Letters, lists, registers, files."""

    desk: Registry

    @rpc
    def letter(self, actor: Wire, letter_id: str, after: int | None = None) -> Wire:
        """A letter's page."""
        self.desk.caught_up(after)
        return reading.letter(self.desk, from_wire(actor), letter_id)

    @rpc
    def letters(
        self,
        actor: Wire,
        which: str,
        limit: int = 50,
        continue_from: str | None = None,
        after: int | None = None,
    ) -> Wire:
        """One of the lists of letters."""
        self.desk.caught_up(after)
        return in_thread(queries.letters, self.desk.views, from_wire(actor), which, limit, continue_from)

    @rpc
    def letters_with_file(self, actor: Wire, sha256: str) -> list[Wire]:
        """The letters that hold a file already."""
        return in_thread(queries.letters_with_file, self.desk.views, from_wire(actor), sha256)

    @rpc
    def register_page(  # noqa: PLR0917 - a register page's whole address
        self,
        actor: Wire,
        kind: str,
        year: int | None = None,
        unit_id: str | None = None,
        limit: int = 50,
        continue_from: str | None = None,
        after: int | None = None,
    ) -> Wire:
        """A page of a register."""
        self.desk.caught_up(after)
        book = reading.book(self.desk, from_wire(actor), kind, year, unit_id)
        return in_thread(queries.register_page, self.desk.views, from_wire(actor), book, limit, continue_from)

    @rpc
    def open_file(
        self, actor: Wire, letter_id: str, sha256: str, purpose: str = "file", page: int = 1, *, download: bool = False
    ) -> Wire:
        """The way to a file of a letter, for a few minutes."""
        return reading.open_file(
            self.desk, from_wire(actor), letter_id, sha256, reading.Look(purpose=purpose, page=page, download=download)
        )
