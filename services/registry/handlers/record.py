"""What fellow services say, appended for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors.log import VersionConflict
from saraban.contracts.shapes import shaped
from services.registry.clerk import Clerk
from services.registry.pen import Streams


def record(
    clerk: Clerk, command_id: str, actor: Mapping[str, Any], cause: str | None, events: Sequence[Mapping[str, Any]]
) -> Commit:
    """Append events as they are; the same command again answers its first commit.

    Raises VersionConflict when a stream has moved on; the service then decides again.
    """
    recorded = [shaped(one, RecordedEvent) for one in events]

    def decide(streams: Streams) -> Sequence[RecordedEvent]:
        heads: dict[str, int] = {}
        for one in recorded:
            head = heads.get(one.stream, streams.version(one.stream))
            if one.version not in {0, head + 1}:
                raise VersionConflict({"stream": one.stream, "expected": one.version - 1, "actual": head})
            heads[one.stream] = head + 1
        return recorded

    return clerk.pen.write(command_id, actor, cause, decide)
