"""The pen: the one place of a registry process where commits are written.

Whoever wants to write waits for the pen. The one who gets it writes for all who wait (see saraban.broker.gathering):
each command is decided in its turn, seeing what the ones before it decided, and all go to the store as one batch. One
that is refused does not disturb its neighbours. When another registry process was faster, what conflicts is decided
again on the fresh state.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from saraban.broker.gathering import Gathering
from saraban.contracts import codec
from saraban.contracts.commit import Commit, Draft, RecordedEvent
from saraban.contracts.errors import SarabanError, Unavailable
from saraban.contracts.errors.letters import OtherContentForKey
from saraban.contracts.errors.log import VersionConflict
from saraban.ports import Clock, EventStore, Outcome

BATCH = 256
TRIES = 20

LIKELY = 16
"""Streams that a batch asks for before anybody wants them."""

Said = tuple[str, object]
"""What a decision says: (stream, event)."""


class Streams:
    """The streams as a decision sees them: the log, and over it what this batch has decided so far. The heads of those
    that are `likely` to be wanted are asked for together with the first that is."""

    def __init__(self, store: EventStore, likely: Iterable[str] = ()) -> None:
        self._store = store
        self._likely = set(likely)
        self._pending: dict[str, list[RecordedEvent]] = {}
        self._recorded: dict[tuple[str, int], list[RecordedEvent]] = {}
        self._heads: dict[str, int] = {}
        self._wanted: Counter[str] = Counter()

    def version(self, stream: str) -> int:
        """The version of a stream's last event; 0 for a stream that is not there."""
        self._wanted[stream] += 1
        if stream not in self._heads:
            self._heads |= self._store.versions({stream, *self._likely} - self._heads.keys())
        return self._heads[stream]

    def events(self, stream: str, after: int = 0) -> list[object]:
        """The decoded events of a stream with version > `after`, in order."""
        pending = [one for one in self._pending.get(stream, ()) if one.version > after]
        seen = [*self._in_log(stream, after), *pending]
        decoded = (codec.decode(one.type, one.type_version, one.data) for one in seen)
        return [happened for happened in decoded if happened is not None]

    def begins(self, stream: str) -> None:
        """Say that a stream with a name just made up has no event yet, so that nobody need look. Should that be wrong,
        the store finds a conflict and it is decided again."""
        self._heads.setdefault(stream, 0)

    def settled(self, stream: str) -> bool:
        """Whether all that is seen of a stream is in the log already."""
        return stream not in self._pending

    def take(self, events: Sequence[RecordedEvent]) -> tuple[RecordedEvent, ...]:
        """Number the events of a decision (a version of 0 asks for the next one) and let later decisions see them."""
        taken = []
        for one in events:
            version = one.version or self.version(one.stream) + 1
            taken.append(one if one.version else msgspec.structs.replace(one, version=version))
            self._heads[one.stream] = version
            self._pending.setdefault(one.stream, []).append(taken[-1])
        return tuple(taken)

    def most_wanted(self) -> list[str]:
        """The streams that this batch asked for most often: the next one is likely to want them too."""
        return [stream for stream, _ in self._wanted.most_common(LIKELY)]

    def _in_log(self, stream: str, after: int) -> list[RecordedEvent]:
        self._wanted[stream] += 1
        if self._ends_at(stream) <= after:
            return []
        if (stream, after) not in self._recorded:
            self._recorded[stream, after] = self._store.stream(stream, after)
        return self._recorded[stream, after]

    def _ends_at(self, stream: str) -> float:
        """The version of a stream's last event in the log, where that is known or asked for anyway."""
        if stream not in self._heads and stream not in self._likely:
            return math.inf
        return self.version(stream) - len(self._pending.get(stream, ()))


Decide = Callable[[Streams], Sequence[Said] | Sequence[RecordedEvent]]


class Order(msgspec.Struct, kw_only=True):
    """One command that waits for the pen, and what became of it."""

    command_id: str
    actor: Mapping[str, Any]
    cause: str | None
    decide: Decide
    outcome: Commit | Exception | None = None
    fresh: bool = False


class Pen:
    """Writes commits for many callers; `publish` gets each batch of fresh commits, in order."""

    def __init__(self, store: EventStore, clock: Clock, publish: Callable[[list[Commit]], None]) -> None:
        self._store = store
        self._clock = clock
        self._publish = publish
        self._likely: list[str] = []
        self._gathering: Gathering[Order, list[Commit]] = Gathering(self._write_batch, BATCH)

    def write(self, command_id: str, actor: Mapping[str, Any], cause: str | None, decide: Decide) -> Commit:
        """Decide and write one command; the same command id again answers its first commit.

        Raises what `decide` raises; OtherContentForKey when the id was used for another cause; VersionConflict when
        the decision itself names a version that is not the stream's next; StoreFull or Unavailable from the store.
        """
        order = Order(command_id=command_id, actor=actor, cause=cause, decide=decide)
        fresh = self._gathering.bring(order)
        if fresh:
            self._publish(fresh)
        if isinstance(order.outcome, Commit):
            return order.outcome
        raise order.outcome or Unavailable({"what": "log"})

    def _write_batch(self, batch: list[Order]) -> list[Commit]:
        open_orders = batch
        for _ in range(TRIES):
            open_orders = self._attempt(open_orders)
            if not open_orders:
                break
        for order in open_orders:
            order.outcome = VersionConflict({"reason": "busy"})
        fresh = [order.outcome for order in batch if order.fresh and isinstance(order.outcome, Commit)]
        return sorted(fresh, key=lambda commit: commit.position)

    def _attempt(self, orders: list[Order]) -> list[Order]:
        """Decide and append once; answers the orders that another writer overtook."""
        first: dict[str, Order] = {}
        for order in orders:
            first.setdefault(order.command_id, order)
        repeats = [order for order in orders if first[order.command_id] is not order]
        try:
            drafted = self._decided(first.values())
            outcomes = self._store.append([draft for _, draft in drafted]) if drafted else []
        except Exception as error:  # noqa: BLE001 - every caller of the batch must hear of it
            for order in first.values():
                order.outcome = order.outcome or error
            return repeats
        became = zip(drafted, outcomes, strict=True)
        overtaken = [order for (order, draft), outcome in became if self._overtaken(order, draft, outcome)]
        return overtaken + repeats

    def _decided(self, orders: Iterable[Order]) -> list[tuple[Order, Draft]]:
        """The drafts of those orders that are not refused. A command that the log knows already gets its first commit:
        from the store when it is decided once more, and here when it is refused this time."""
        streams, at = Streams(self._store, self._likely), self._clock.now().isoformat(timespec="microseconds")
        drafts = [(order, self._draft(order, streams, at)) for order in orders]
        self._likely = streams.most_wanted()
        self._recall([order for order, draft in drafts if draft is None])
        return [(order, draft) for order, draft in drafts if draft is not None]

    def _recall(self, refused: Sequence[Order]) -> None:
        """Answer those of the refused that were written before with what was written. While nobody can tell, none is
        told a refusal that may be wrong."""
        try:
            known = self._store.commits_of([order.command_id for order in refused]) if refused else {}
        except Exception as error:  # noqa: BLE001 - they must hear of it, and their neighbours are not concerned
            for order in refused:
                order.outcome = error
            return
        for order in refused:
            if order.command_id in known:
                order.outcome = _same_command(known[order.command_id], order)

    @staticmethod
    def _draft(order: Order, streams: Streams, at: str) -> Draft | None:
        try:
            events = streams.take([_encoded(one) for one in order.decide(streams)])
        except Exception as error:  # noqa: BLE001 - a refused command must not disturb its neighbours
            order.outcome = error
            return None
        return Draft(command_id=order.command_id, at=at, actor=order.actor, cause=order.cause, events=events)

    @staticmethod
    def _overtaken(order: Order, draft: Draft, outcome: Outcome) -> bool:
        if isinstance(outcome, VersionConflict):
            return True
        order.outcome = _same_command(outcome, order) if isinstance(outcome, Commit) else outcome
        order.fresh = isinstance(outcome, Commit) and outcome.events is draft.events
        return False


def _encoded(said: Said | RecordedEvent) -> RecordedEvent:
    if isinstance(said, RecordedEvent):
        return said
    stream, happened = said
    return codec.encode(stream, 0, happened)


def _same_command(known: Commit, order: Order) -> Commit | SarabanError:
    return known if known.cause == order.cause else OtherContentForKey()
