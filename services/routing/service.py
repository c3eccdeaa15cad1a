"""Routing's entry points: parse, call, answer. They decide nothing."""

from __future__ import annotations

from typing import Any

from saraban.broker.desk import furnished
from saraban.broker.following import Following
from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts.actor import from_wire
from services.routing import handlers
from services.routing.bootstrap import furnish
from services.routing.views.circulation import circulation
from services.routing.views.history import history
from services.routing.views.inbox import inbox
from services.routing.views.readers import readers

Wire = dict[str, Any]


class RoutingService(Following):
    """The service `routing`."""

    name = "routing"
    desk = furnished(furnish)

    @rpc
    def circulate(self, actor: Wire, command_id: str, letter_id: str, to: list[Wire], note: str = "") -> Wire:
        """Let units and officers read a letter."""
        return handlers.circulate(self.desk, from_wire(actor), command_id, letter_id, to, note)

    @rpc
    def mark_read(self, actor: Wire, command_id: str, letter_id: str) -> Wire:
        """Say that the officer has the letter open."""
        return handlers.mark_read(self.desk, from_wire(actor), command_id, letter_id)

    @rpc
    def acknowledge(self, actor: Wire, command_id: str, letter_id: str) -> Wire:
        """Say that the officer takes note of the letter."""
        return handlers.acknowledge(self.desk, from_wire(actor), command_id, letter_id)

    @rpc
    def endorse(
        self,
        actor: Wire,
        command_id: str,
        letter_id: str,
        text: str,
        *,
        order: str | None = None,
        to: Wire | None = None,
        due: str | None = None,
    ) -> Wire:
        """Write on a letter, with or without an order."""
        who = from_wire(actor)
        return handlers.endorse(self.desk, who, command_id, letter_id, text, order=order, to=to, due=due)

    @rpc
    def action_done(self, actor: Wire, command_id: str, letter_id: str, action_id: str, note: str = "") -> Wire:
        """Say that what was ordered is done."""
        return handlers.action_done(self.desk, from_wire(actor), command_id, letter_id, action_id, note)

    @rpc
    def inbox(
        self,
        actor: Wire,
        which: str = "waiting",
        limit: int = 50,
        continue_from: str | None = None,
        after: int | None = None,
    ) -> Wire:
        """A page of the actor's inbox, with counts."""
        self.desk.caught_up(after)
        return in_thread(inbox, self.desk.views, from_wire(actor), which, limit, continue_from)

    @rpc
    def circulation(self, actor: Wire, letter_id: str, after: int | None = None) -> Wire:
        """Who has a letter, who has read it, what was endorsed and ordered."""
        self.desk.caught_up(after)
        return in_thread(circulation, self.desk.views, from_wire(actor), letter_id)

    @rpc
    def readers(
        self,
        actor: Wire,
        letter_id: str,
        *,
        state: str | None = None,
        unit_id: str | None = None,
        limit: int = 50,
        continue_from: str | None = None,
        after: int | None = None,
    ) -> Wire:
        """A page of those who have a letter."""
        self.desk.caught_up(after)
        return in_thread(
            readers,
            self.desk.views,
            from_wire(actor),
            letter_id,
            state=state,
            unit_id=unit_id,
            limit=limit,
            continue_from=continue_from,
        )

    @rpc
    def history(
        self,
        actor: Wire,
        letter_id: str,
        after: int | None = None,
        limit: int = 200,
        continue_from: str | None = None,
        newest_first: bool = False,  # noqa: FBT001, FBT002 - a name of the call over the broker
    ) -> Wire:
        """What happened to a letter."""
        self.desk.caught_up(after)
        who = from_wire(actor)
        return in_thread(history, self.desk.views, who, letter_id, limit, continue_from, newest_first=newest_first)
