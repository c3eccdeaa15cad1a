"""The commands of routing: read what was typed, carry it out, answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from saraban.contracts import ids
from saraban.contracts.actor import Actor
from saraban.contracts.cause import cause_of
from services.routing import commands
from services.routing.desk import Asked, Desk, carry_out
from services.routing.forms import Typed, read_addressees, read_order, read_text

Answer = dict[str, Any]


def circulate(desk: Desk, actor: Actor, command_id: str, letter_id: str, to: Sequence[Typed], note: str = "") -> Answer:
    """Let units and officers read a letter; answers how many new readers it has."""
    command = commands.Circulate(
        letter_id=letter_id, circulation_id=ids.new_id(), to=read_addressees(to), note=read_text("note", note)
    )
    cause = cause_of("circulate", letter_id=letter_id, to=to, note=note)
    done = carry_out(desk, Asked(actor=actor, command_id=command_id, cause=cause), command)
    return {"position": done.position, "readers": done.told.get("readers", 0)}


def mark_read(desk: Desk, actor: Actor, command_id: str, letter_id: str) -> Answer:
    """Say that the officer has the letter open."""
    asked = Asked(actor=actor, command_id=command_id, cause=cause_of("mark_read", letter_id=letter_id))
    return {"position": carry_out(desk, asked, commands.MarkRead(letter_id=letter_id)).position}


def acknowledge(desk: Desk, actor: Actor, command_id: str, letter_id: str) -> Answer:
    """Say that the officer takes note of the letter."""
    asked = Asked(actor=actor, command_id=command_id, cause=cause_of("acknowledge", letter_id=letter_id))
    return {"position": carry_out(desk, asked, commands.Acknowledge(letter_id=letter_id)).position}


def endorse(
    desk: Desk,
    actor: Actor,
    command_id: str,
    letter_id: str,
    text: str,
    *,
    order: str | None = None,
    to: Typed | None = None,
    due: str | None = None,
) -> Answer:
    """Write on a letter, with or without an order; answers the ids of what was written and ordered."""
    command = commands.Endorse(
        letter_id=letter_id,
        endorsement_id=ids.new_id(),
        text=read_text("text", text),
        order=read_order(order, to, due),
    )
    cause = cause_of("endorse", letter_id=letter_id, text=text, order=order, to=to, due=due)
    done = carry_out(desk, Asked(actor=actor, command_id=command_id, cause=cause), command)
    written = {name: done.told.get(name) for name in ("endorsement_id", "action_id")}
    return {"position": done.position, **written}


def action_done(desk: Desk, actor: Actor, command_id: str, letter_id: str, action_id: str, note: str = "") -> Answer:
    """Say that what was ordered is done."""
    command = commands.MarkActionDone(letter_id=letter_id, action_id=action_id, note=read_text("note", note))
    cause = cause_of("action_done", letter_id=letter_id, action_id=action_id, note=note)
    done = carry_out(desk, Asked(actor=actor, command_id=command_id, cause=cause), command)
    return {"position": done.position}
