"""Making views anew from the log, beside the live ones: to repair them, to take up a changed projection, or to prove
that they are what the log says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from saraban.follow.follower import Follower
from saraban.follow.parked import StreamsAside
from saraban.ports import Document, Views

SHOWN = 20
"""How many differences are told."""

Row = tuple[str, str, Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay found. `position`: the log position both views stand at. `differences`: documents that were not
    alike, at most SHOWN, as {table, key, live, rebuilt}. `unfollowed`: streams that no projection could follow, with
    the error. `adopted`: whether the rebuilt views are live now."""

    position: int
    alike: bool
    differences: list[dict[str, Any]]
    unfollowed: dict[str, str]
    adopted: bool


def replay(follower: Follower, *, check_only: bool) -> Replayed:
    """Rebuild the follower's views from the first commit and compare; unless `check_only`, the rebuilt ones become the
    live ones. Following goes on meanwhile and pauses for the end only. Run it while no other process follows the same
    views."""
    aside = StreamsAside()
    rebuilt = follower.beside(aside)
    rebuilt.sweep()
    with follower.turn(), rebuilt.turn():
        rebuilt.catch_up()
        follower.catch_up(rebuilt.position)
        found = follower.in_thread(_first_differences, follower.views, rebuilt.views)
        if not check_only:
            follower.adopt(rebuilt, aside)
    return Replayed(
        position=rebuilt.position,
        alike=not found,
        differences=found,
        unfollowed={stream: str(error) for stream, (_, error) in aside.failures.items()},
        adopted=not check_only,
    )


def differences(live: Views, rebuilt: Views) -> Iterator[dict[str, Any]]:
    """Documents that are not alike in two views, in order, as {table, key, live, rebuilt}; None stands for absent."""
    left, right = live.dump(), rebuilt.dump()
    one, other = next(left, None), next(right, None)
    while one or other:
        if other is None or (one is not None and one[:2] < other[:2]):
            yield _difference(one, None)
            one = next(left, None)
        elif one is None or other[:2] < one[:2]:
            yield _difference(None, other)
            other = next(right, None)
        else:
            if one[2] != other[2]:
                yield _difference(one, other)
            one, other = next(left, None), next(right, None)


def _difference(live: Row | None, rebuilt: Row | None) -> dict[str, Any]:
    table, key, _ = live or rebuilt or ("", "", {})
    return {"table": table, "key": key, "live": live and live[2], "rebuilt": rebuilt and rebuilt[2]}


def _first_differences(live: Views, rebuilt: Views) -> list[dict[str, Any]]:
    return [found for found, _ in zip(differences(live, rebuilt), range(SHOWN), strict=False)]
