"""Calls on outgoing letters."""

from __future__ import annotations

from typing import Any

from saraban.broker.bells import every
from saraban.broker.rpc import rpc
from saraban.contracts.actor import from_wire
from services.registry import fair_copies
from services.registry.bootstrap import Registry
from services.registry.handlers import outgoing

Wire = dict[str, Any]


class OutgoingCalls:
    """Draft, revise, present, return, sign, send; and the making of fair copies."""

    desk: Registry

    @rpc
    def draft(self, actor: Wire, command_id: str, **told: Any) -> Wire:
        """Begin an outgoing letter."""
        return outgoing.draft(self.desk.clerk, from_wire(actor), command_id, told)

    @rpc
    def revise_draft(self, actor: Wire, command_id: str, letter_id: str, **told: Any) -> Wire:
        """Change a draft."""
        return outgoing.revise_draft(self.desk.clerk, from_wire(actor), command_id, letter_id, told)

    @rpc
    def present_draft(self, actor: Wire, command_id: str, letter_id: str, to_officer_id: str) -> Wire:
        """Ask a head to sign."""
        return outgoing.present_draft(self.desk.clerk, from_wire(actor), command_id, letter_id, to_officer_id)

    @rpc
    def return_draft(self, actor: Wire, command_id: str, letter_id: str, reason: str) -> Wire:
        """Give a draft back for correction."""
        return outgoing.return_draft(self.desk.clerk, from_wire(actor), command_id, letter_id, reason)

    @rpc
    def sign(self, actor: Wire, command_id: str, letter_id: str) -> Wire:
        """Sign and number."""
        return outgoing.sign(self.desk.clerk, from_wire(actor), command_id, letter_id)

    @rpc
    def send(self, actor: Wire, command_id: str, letter_id: str) -> Wire:
        """Give a signed letter out for delivery, with its fair copy."""
        fair_copies.make_sure(self.desk, letter_id)
        return outgoing.send(self.desk.clerk, from_wire(actor), command_id, letter_id)

    @rpc
    def preview_draft(self, actor: Wire, letter_id: str) -> Wire:
        """A draft as it will look, with its watermark: {path, name, media_type} for intake."""
        return fair_copies.preview(self.desk, from_wire(actor), letter_id)

    @every("sweep_seconds", bell="fair_copies")
    def make_fair_copies(self) -> None:
        """Make the PDFs of letters that were signed."""
        fair_copies.make_waiting(self.desk)
