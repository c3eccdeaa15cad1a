"""Which steps may be written, decided in memory: the same rules for every engine that writes a call as one."""

from __future__ import annotations

from collections.abc import Sequence

from saraban.ports import Change, Step


def sorted_out(steps: Sequence[Step], heads: dict[str, int]) -> tuple[list[Step], list[str]]:
    """The steps that follow on their stream, whose `heads` are moved on, and the streams of those that do not."""
    taken: list[Step] = []
    refused: dict[str, None] = {}
    for step in steps:
        if heads.get(step.stream, 0) == step.was:
            heads[step.stream] = step.to
            taken.append(step)
        else:
            refused[step.stream] = None
    return taken, list(refused)


def last_changes(steps: Sequence[Step]) -> dict[tuple[str, str], Change]:
    """(table, key) → the last change of each document that the steps touch."""
    return {(change.table, change.key): change for step in steps for change in step.changes}
