"""The rules of routing: pure functions from state and command to events."""

from __future__ import annotations

from typing import assert_never

from saraban.contracts.actor import Actor
from services.routing import commands
from services.routing.domain import circulating, endorsing
from services.routing.domain.matter import Matter


def decide(matter: Matter, command: commands.Command, actor: Actor) -> tuple[object, ...]:
    """What happens when `actor` gives `command` about the letter of `matter`; nothing when it is so already.

    Whoever may not see the letter gets LetterNotFound; who sees it but may not do this, a NotAllowed.
    """
    match command:
        case commands.Circulate():
            return circulating.circulate(matter, command, actor)
        case commands.MarkRead():
            return circulating.mark_read(matter, command, actor)
        case commands.Acknowledge():
            return circulating.acknowledge(matter, command, actor)
        case commands.Endorse():
            return endorsing.endorse(matter, command, actor)
        case commands.MarkActionDone():
            return endorsing.mark_action_done(matter, command, actor)
        case _:
            assert_never(command)
