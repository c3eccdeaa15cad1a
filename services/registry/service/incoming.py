"""Calls on incoming letters."""

from __future__ import annotations

from typing import Any

from saraban.broker.rpc import rpc
from saraban.contracts.actor import from_wire
from services.registry.bootstrap import Registry
from services.registry.handlers import books, incoming

Wire = dict[str, Any]


class IncomingCalls:
    """Receive, arrive, register, correct, void, reserve, close."""

    desk: Registry

    @rpc
    def receive(
        self, actor: Wire, command_id: str, particulars: Wire, files: list[Wire], unit_id: str | None = None
    ) -> Wire:
        """Keep and number a letter that an officer holds in hand."""
        return incoming.receive(self.desk.clerk, from_wire(actor), command_id, particulars, files, unit_id=unit_id)

    @rpc
    def arrive(self, actor: Wire, command_id: str, **told: Any) -> Wire:
        """Keep a letter that came by itself."""
        return incoming.arrive(self.desk.clerk, from_wire(actor), command_id, told)

    @rpc
    def register(
        self,
        actor: Wire,
        command_id: str,
        letter_id: str,
        particulars: Wire | None = None,
        unit_id: str | None = None,
    ) -> Wire:
        """Confirm a kept letter and number it."""
        who = from_wire(actor)
        return incoming.register(self.desk.clerk, who, command_id, letter_id, particulars, unit_id=unit_id)

    @rpc
    def correct_particulars(self, actor: Wire, command_id: str, letter_id: str, particulars: Wire) -> Wire:
        """Put right what stands in the register."""
        return incoming.correct_particulars(self.desk.clerk, from_wire(actor), command_id, letter_id, particulars)

    @rpc
    def void(self, actor: Wire, command_id: str, letter_id: str, reason: str, unit_id: str | None = None) -> Wire:
        """Cancel a unit's number."""
        return incoming.void(self.desk.clerk, from_wire(actor), command_id, letter_id, reason, unit_id=unit_id)

    @rpc
    def reserve_numbers(self, actor: Wire, command_id: str, unit_id: str, **told: Any) -> Wire:
        """Put numbers aside."""
        return books.reserve_numbers(self.desk.clerk, from_wire(actor), command_id, unit_id, **told)

    @rpc
    def close(self, actor: Wire, command_id: str, letter_id: str, reason: str) -> Wire:
        """Say that nothing more is to be done."""
        return incoming.close(self.desk.clerk, from_wire(actor), command_id, letter_id, reason)
