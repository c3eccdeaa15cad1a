"""Walking the chain: each commit must be what its hash says, behind the one that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from saraban.contracts.commit import GENESIS_HASH, Commit, Head, rehash
from saraban.contracts.errors.log import LogDamaged
from saraban.ports import EventStore

PAGE = 500


class Finding(Enum):
    """What can be wrong with a log, in Thai and English."""

    MISSING = ("รายการหายไป", "The commit is missing.")
    CHANGED = ("เนื้อหาไม่ตรงกับที่บันทึกไว้", "The commit does not say what was written.")
    UNCHAINED = ("ไม่ต่อเนื่องกับรายการก่อนหน้า", "The commit does not follow on the one before.")
    UNREADABLE = ("อ่านรายการไม่ได้", "The commit cannot be read.")
    CUT_OFF = ("บันทึกสั้นกว่าที่รับรองไว้", "The log ends before the checkpoint.")
    REWRITTEN = ("ประวัติถูกเขียนใหม่", "The log was written anew: it is not the one that the checkpoint vouches for.")
    FORGED = ("ลายเซ็นของจุดรับรองไม่ถูกต้อง", "The signature of the checkpoint is not right.")
    STRANGE_KEY = ("จุดรับรองลงนามด้วยกุญแจอื่น", "The checkpoint was signed with another key than the one trusted.")

    @property
    def th(self) -> str:
        """The finding in Thai."""
        return self.value[0]

    @property
    def en(self) -> str:
        """The finding in English."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an audit found. `sound` up to and including the position `checked`; otherwise `wrong_at` is the first
    position that is wrong and `finding` tells why."""

    checked: int
    wrong_at: int | None = None
    finding: Finding | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing wrong was found."""
        return self.finding is None


def verify(store: EventStore) -> Verdict:
    """Walk the whole chain and tell the first commit that is wrong. Reads page by page, in flat memory."""
    return _judged(_walk(store), Head(position=0, hash=GENESIS_HASH))


def verify_newest(store: EventStore, count: int) -> Verdict:
    """The same for the last `count` commits alone, taking the one before them as right."""
    after = max(store.head().position - count, 0)
    before = store.read(after - 1, 1) if after else []
    last = Head(position=after, hash=before[0].hash if before else GENESIS_HASH)
    return _judged(_page(store, after, count), last)


def _judged(commits: Iterator[Commit], last: Head) -> Verdict:
    """The first commit behind `last` that is wrong, or that none is."""
    try:
        for commit in commits:
            finding = wrong_with(commit, last)
            if finding:
                return Verdict(checked=last.position, wrong_at=last.position + 1, finding=finding)
            last = Head(position=commit.position, hash=commit.hash)
    except LogDamaged as damage:
        return Verdict(checked=last.position, wrong_at=damage.detail["position"], finding=Finding.UNREADABLE)
    return Verdict(checked=last.position)


def _page(store: EventStore, after: int, count: int) -> Iterator[Commit]:
    yield from store.read(after, count)


def _walk(store: EventStore) -> Iterator[Commit]:
    """Every commit in order; what stands before a damaged one is given out before LogDamaged is raised."""
    after, limit = 0, PAGE
    damage: LogDamaged | None = None
    while limit > 0:
        try:
            page = store.read(after, limit)
        except LogDamaged as error:
            damage, limit = error, min(limit, error.detail["position"] - after) - 1
            continue
        yield from page
        if damage or not page:
            break
        after = page[-1].position
    if damage:
        raise damage


def wrong_with(commit: Commit, last: Head) -> Finding | None:
    """What is wrong with a commit right behind `last`, or None."""
    if commit.position != last.position + 1:
        return Finding.MISSING
    if rehash(commit) != commit.hash:
        return Finding.CHANGED
    if commit.previous_hash != last.hash:
        return Finding.UNCHAINED
    return None
