"""Reading and appending commits in MongoDB, with any number of other writers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from saraban.broker.real_modules import real_modules
from saraban.broker.threads import in_thread
from saraban.contracts.commit import GENESIS_HASH, Commit, Draft, Head, RecordedEvent
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import LogUnguarded, Unwritable
from saraban.engines.event_store.mongo.documents import (
    LARGEST,
    at_most,
    command_key,
    commit_from,
    document,
    event_key,
    fits,
    keys_behind,
    size,
)
from saraban.engines.event_store.mongo.heads import Version, find_heads
from saraban.engines.event_store.plan import Ground, Plan, plan
from saraban.engines.event_store.seen import Seen
from saraban.engines.mongo_database import MongoDatabase, Stored, is_duplicate
from saraban.ports import Outcome

with real_modules("pymongo"):
    import time

    from pymongo import errors

GUARD = "one_commit_per_key"
GUARD_FORM = {"v": 2, "key": {"keys": 1}, "name": GUARD, "unique": True}
"""The unique index as MongoDB lists it: nothing in it may narrow what it guards."""

PATIENCE = 20.0
"""Seconds for which an append looks again after a lost race or an election."""

PAUSE = 0.05
"""Seconds before it looks again at a server that was away."""

MESSAGE_BYTES = 40 * 1024 * 1024
"""What goes to the server at a time: one message, which one primary carries out in order."""

Look = Callable[[Sequence[Draft], list[str], dict[str, int]], Ground]
"""(drafts, command ids, stream → the version that its first event asks for) → what the log holds about them."""

HEAD = {"hash": 1}
KEYS = {"_id": 0, "keys": 1}


class MongoEventStore:
    """An EventStore in the database that `url` names. Any number of processes may write it.

    Opening it makes the collection and its unique index where there is no log yet. Raises LogUnguarded when there is
    a log without that index, StoreAlone and Unavailable as MongoDatabase does.
    """

    def __init__(self, url: str) -> None:
        self._database = MongoDatabase(url, "log")
        self._commits = self._database.database["commits"]
        self._seen = Seen()
        try:
            in_thread(self._guard)
        except BaseException:
            self.close()
            raise

    def head(self) -> Head:
        """See EventStore."""
        with self._database.translated():
            last = self._commits.find_one({"_id": {"$gt": 0}}, HEAD, sort=[("_id", -1)])
        return Head(position=last["_id"], hash=last["hash"]) if last else Head(position=0, hash=GENESIS_HASH)

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """See EventStore. It is tried at once on what is known from before, which the unique keys refuse when it is
        out of date. Whatever goes wrong is answered by looking closely, command ids first: another writer may have been
        faster, or an election may have hidden whether these commits were written."""
        if not drafts:
            return []
        until, closely = time.monotonic() + PATIENCE, False
        while True:
            try:
                made, documents = self._planned(drafts, self._look if closely else self._glance)
                certain = closely or len(made.commits) == len(drafts)
                if certain and self._written(documents):
                    self._seen.note(made.commits)
                    return made.outcomes
            except Unavailable:
                if time.monotonic() > until:
                    raise
                time.sleep(PAUSE)
            closely = True
            if time.monotonic() > until:
                raise Unavailable({"what": f"MongoDB {self._database.place}: other writers"})

    def commits_of(self, command_ids: Iterable[str]) -> dict[str, Commit]:
        """See EventStore."""
        keys = [command_key(command_id) for command_id in command_ids]
        with self._database.translated():
            found = list(self._commits.find({"keys": {"$in": keys}}))
        commits = [commit_from(stored) for stored in found]
        return {commit.command_id: commit for commit in commits}

    def read(self, after: int, limit: int) -> list[Commit]:
        """See EventStore."""
        if limit < 1:
            return []
        with self._database.translated():
            asked = self._commits.find({"_id": {"$gt": after}}, sort=[("_id", 1)], limit=limit, batch_size=limit)
            page = list(asked)
        return [commit_from(stored) for stored in page]

    def stream(self, name: str, after: int = 0) -> list[RecordedEvent]:
        """See EventStore."""
        commits = self.commits_of_stream(name, after)
        return [one for commit in commits for one in commit.events if one.stream == name and one.version > after]

    def commits_of_stream(self, name: str, after: int = 0) -> list[Commit]:
        """See EventStore."""
        with self._database.translated():
            found = list(self._commits.find({"keys": keys_behind(name, after)}))
        return sorted(map(commit_from, found), key=lambda commit: commit.position)

    def versions(self, names: Iterable[str]) -> dict[str, int]:
        """See EventStore."""
        heads = find_heads(self._seen.guesses(list(names)), self._existing)
        self._seen.remember(heads)
        return heads

    def close(self) -> None:
        """See EventStore."""
        self._database.close()

    def _guard(self) -> None:
        """Verify the unique index; make it where nothing was written yet."""
        with self._database.translated():
            if self._commits.find_one({}, {"_id": 1}) is None:
                self._commits.create_index([("keys", 1)], name=GUARD, unique=True)
            if GUARD_FORM not in [{**one, "key": dict(one["key"])} for one in self._commits.list_indexes()]:
                raise LogUnguarded({"path": f"{self._database.place}.commits", "index": GUARD})

    def _planned(self, drafts: Sequence[Draft], look: Look) -> tuple[Plan, list[Stored]]:
        """What the drafts come to, and the documents to be written. What no document can hold is refused, and the rest
        planned without it."""
        made = plan(drafts, lambda command_ids, streams: look(drafts, command_ids, streams))
        documents = [document(commit) for commit in made.commits]
        too_large = {
            commit.command_id: _too_large(commit, stored)
            for commit, stored in zip(made.commits, documents, strict=True)
            if not fits(stored)
        }
        if not too_large:
            return made, documents
        refused = [too_large.get(str(draft.command_id)) for draft in drafts]
        rest, documents = self._planned([draft for draft, no in zip(drafts, refused, strict=True) if no is None], look)
        others = iter(rest.outcomes)
        return Plan(outcomes=[no or next(others) for no in refused], commits=rest.commits), documents

    def _glance(self, _drafts: Sequence[Draft], _command_ids: list[str], streams: dict[str, int]) -> Ground:
        return self._seen.ground(streams, self.head, self.versions)

    def _look(self, drafts: Sequence[Draft], command_ids: list[str], streams: dict[str, int]) -> Ground:
        """The ground for a batch. The commands are looked for behind the versions, so that a version that one of them
        wrote meanwhile is never taken for somebody else's."""
        versions = find_heads(_expected(drafts, list(streams)), self._existing)
        known = self.commits_of(command_ids)
        return Ground(head=self.head(), known=known, versions=versions)

    def _existing(self, versions: list[Version]) -> set[Version]:
        asked = {event_key(stream, version): (stream, version) for stream, version in versions}
        with self._database.translated():
            found = list(self._commits.find({"keys": {"$in": list(asked)}}, KEYS))
        return {asked[key] for stored in found for key in stored["keys"] if key in asked}

    def _written(self, documents: Sequence[Stored]) -> bool:
        """Write documents behind the head that they were planned on; False when another writer was there first. Some of
        them, from the first on, may be written then, and also when this raises Unavailable."""
        for message in _messages(documents):
            try:
                with self._database.translated():
                    self._commits.insert_many(message, ordered=True)
            except errors.BulkWriteError as error:
                if is_duplicate(error):
                    return False
                raise Unavailable({"what": f"MongoDB {self._database.place}: {error.details}"}) from error
        return True


def _expected(drafts: Sequence[Draft], streams: Sequence[str]) -> dict[str, set[int]]:
    """The heads that the drafts hope to find."""
    expected: dict[str, set[int]] = {stream: set() for stream in streams}
    for draft in drafts:
        for event in draft.events:
            if type(event.stream) is str and type(event.version) is int and event.stream in expected:
                expected[event.stream].add(event.version - 1)
    return expected


def _messages(documents: Sequence[Stored]) -> Iterator[list[Stored]]:
    message: list[Stored] = []
    room = MESSAGE_BYTES
    for stored in documents:
        taken = at_most(stored)
        if message and taken > room:
            yield message
            message, room = [], MESSAGE_BYTES
        message.append(stored)
        room -= taken
    if message:
        yield message


def _too_large(commit: Commit, stored: Stored) -> Unwritable:
    return Unwritable({"command_id": commit.command_id, "reason": f"{size(stored)} bytes, the limit is {LARGEST}"})
