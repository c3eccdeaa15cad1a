"""The needs of the services, as small protocols. Engines under `saraban/engines/` meet them; `saraban/wiring.py`
chooses an engine by the scheme of a URL. Every engine of a port passes the same suite in `tests/engines/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Protocol

import msgspec

from saraban.contracts.commit import Commit, Draft, Head, RecordedEvent
from saraban.contracts.errors.log import Unwritable, VersionConflict

Document = Mapping[str, Any]

Outcome = Commit | VersionConflict | Unwritable
"""What became of a draft: written, or refused (as an answer, not raised)."""


class Clock(Protocol):
    """Tells the time, so that rules and tests need not ask the machine."""

    def now(self) -> datetime:
        """The present moment, with time zone UTC."""


class EventStore(Protocol):
    """The one log of an agency."""

    def head(self) -> Head:
        """The last commit's position and hash; position 0 and the genesis hash when empty."""

    def append(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Write the drafts in their order, durably, and answer one outcome per draft, in the same order.

        A draft whose `command_id` was written before (or earlier in this call) answers that first commit, whatever
        the versions say now. A draft that expects a wrong version answers the conflict (not raised) and does not
        stop its neighbours; drafts behind it that build on it conflict too. A draft with a value that JSON cannot
        carry answers Unwritable, likewise. Each commit is atomic over its streams.
        No reader ever sees position n+1 before n.
        Raises StoreFull or Unavailable when nothing of the call, or only a prefix of it, could be written; repeating
        the call is always safe.
        """

    def commits_of(self, command_ids: Iterable[str]) -> dict[str, Commit]:
        """Command id → the commit that it made; commands that made none are absent."""

    def read(self, after: int, limit: int) -> list[Commit]:
        """Up to `limit` commits with position > `after`, in order, without a gap; empty at the end.

        Raises LogDamaged when a stored commit cannot be read back.
        """

    def stream(self, name: str, after: int = 0) -> list[RecordedEvent]:
        """The events of one stream with version > `after`, in order; empty when there is no such stream."""

    def commits_of_stream(self, name: str, after: int = 0) -> list[Commit]:
        """The commits that hold events of one stream with version > `after`, in order, each whole."""

    def versions(self, names: Iterable[str]) -> dict[str, int]:
        """The head version of each named stream; 0 for one that has no event."""

    def close(self) -> None:
        """Let go of files and connections; the store is of no use afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """What the object store tells of an object. `key` is its name, `size` its length in bytes."""

    key: str
    size: int


CHECKPOINT = "checkpoint-"
"""How the names of checkpoints of the log begin in an object store."""


class ObjectStore(Protocol):
    """Bytes by name. An object is written once and never changes. A name of 64 hexadecimal digits says the SHA-256 of
    its bytes: a store behind a network checks it on their way there and back and raises FileDamaged. Such a store
    raises Unavailable while it is away. Of a name that begins with CHECKPOINT the first content counts, whatever
    somebody laid over it past this port."""

    def put(self, key: str, data: BinaryIO) -> StoredObject:
        """Store the stream under `key`, durably and atomically, in flat memory. When the key exists already, the
        stored object stays and is returned. Raises StoreFull; then nothing is stored."""

    def adopt(self, path: str, key: str) -> StoredObject:
        """Take the finished local file at `path` as the object `key`, durably; the file is gone afterwards. When the
        key exists already, the stored object stays. Raises StoreFull; then the file is left where it was."""

    def scratch(self) -> str:
        """A local folder for files on their way in, on the same disk where that helps."""

    def stat(self, key: str) -> StoredObject | None:
        """The object's facts, or None when absent."""

    def open(self, key: str, start: int = 0) -> BinaryIO:
        """A readable stream of the object's bytes from offset `start`. Raises NotFound when absent."""

    def at_hand(self, key: str) -> AbstractContextManager[str]:
        """The path of a local file with the object's bytes, to be read only, for as long as the block lasts. Raises
        NotFound when absent."""

    def keys(self, prefix: str = "") -> Iterator[str]:
        """All keys with the prefix, in order."""

    def link(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str | None:
        """A URL under which whoever has it gets the object from the store itself for so many seconds, with these
        Content-Type and Content-Disposition; None when the store has no such way or none was set up."""


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """Write a document of a view. `index` maps an index's name to the values under which the document is found;
    `sort` orders what a find answers (text, compared by code point)."""

    table: str
    key: str
    doc: Document
    index: Mapping[str, Sequence[str]] = msgspec.field(default_factory=dict)
    sort: str = ""


class Delete(msgspec.Struct, frozen=True, kw_only=True):
    """Remove a document of a view; nothing happens when it is not there."""

    table: str
    key: str


Change = Put | Delete


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One stream's advance in a view: from version `was` to version `to`, with what that changes."""

    stream: str
    was: int
    to: int
    changes: tuple[Change, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One document that a find answers. `(sort, key)` of the last one continues a list."""

    key: str
    sort: str
    doc: Document


class ViewReader(Protocol):
    """Reading the documents of a service's views."""

    def get(self, table: str, key: str) -> Document | None:
        """The document, or None."""

    def get_many(self, table: str, keys: Iterable[str]) -> dict[str, Document]:
        """The documents that exist among `keys`."""

    def find(
        self,
        table: str,
        index: str,
        values: Sequence[str],
        *,
        limit: int,
        after: tuple[str, str] | None = None,
        descending: bool = False,
    ) -> list[Found]:
        """Documents indexed under any of `values`, each once, in order of (sort, key), behind `after`."""

    def count(self, table: str, index: str, values: Sequence[str], most: int | None = None) -> int:
        """How many different documents are indexed under any of `values`; counting stops at `most`."""


class Views(ViewReader, Protocol):
    """A service's own tables that follow the log, and its few records that do not.

    Derived documents live in a generation that can be rebuilt beside the live one and swapped in. Records (parked
    work, credentials, sessions) are plain keyed documents outside all generations.
    """

    def applied(self, streams: Iterable[str]) -> dict[str, int]:
        """The version of each stream that these views hold; 0 for an unknown one."""

    def apply(self, steps: Sequence[Step]) -> list[str]:
        """Write the steps durably, each with its stream's new version; answers the streams whose step was refused
        because their version was no longer `was` (nothing of such a step is written)."""

    def position(self) -> int:
        """The log position up to which every stream has been applied (or parked)."""

    def advance(self, position: int) -> None:
        """Remember a higher position; a lower one is ignored."""

    def beside(self) -> Views:
        """A fresh, empty generation of the same views, for a rebuild."""

    def adopt(self, rebuilt: Views) -> None:
        """Make the generation of `rebuilt` the live one, atomically, and drop the old."""

    def dump(self) -> Iterator[tuple[str, str, Document]]:
        """Every derived document as (table, key, content with its index and sort), in order: for comparing."""

    def record(self, table: str, key: str) -> Document | None:
        """A record, or None."""

    def put_record(self, table: str, key: str, doc: Document, *, unless_exists: bool = False) -> bool:
        """Write a record durably; with `unless_exists`, answers False and writes nothing when the key is taken."""

    def delete_record(self, table: str, key: str) -> bool:
        """Remove a record; answers whether there was one."""

    def records(self, table: str, after: str = "", limit: int = 1000) -> list[tuple[str, Document]]:
        """Records of a table with key > `after`, in order of key."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A letter as the index holds it. `fields` maps a field's name to its ready-made tokens, in order, with a space
    between each two; `audience` holds access keys, `secrecy` the level 0 to 3; `facets` exact values to filter by;
    `sort` a date for newest first; `version` the letter's stream version."""

    letter_id: str
    version: int
    fields: Mapping[str, str]
    audience: Sequence[str]
    secrecy: int
    facets: Mapping[str, Sequence[str]]
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One way to match: `terms` in `field`, each alone (`phrase` False, any of them counts) or all in a row
    (`phrase` True), worth `boost`."""

    field: str
    terms: Sequence[str]
    phrase: bool
    boost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexQuery:
    """What to look for. A letter matches when at least one clause does and every filter holds: one of `audience`
    (the asker's access keys) is in its audience, its secrecy is at most `clearance`, and for each facet named one of
    the values is its own."""

    clauses: Sequence[Clause]
    audience: Sequence[str]
    clearance: int
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A letter found, best first."""

    letter_id: str
    score: float


class SearchIndex(Protocol):
    """Finds letters by ready-made tokens; knows nothing of Thai."""

    def write(self, entries: Iterable[IndexEntry], *, at_once: bool = True) -> None:
        """Add or replace entries, durably and visible to the next search (with `at_once` False: within a second or so);
        an entry with a version lower than the one held is ignored. Entries may be made while others are written. When
        making an entry raises, nothing was written. Raises StoreFull or Unavailable; then some may have been written,
        and repeating the call is safe."""

    def search(self, query: IndexQuery) -> tuple[int, list[Hit]]:
        """How many letters match, and the page of hits asked for; equal scores come newest `sort` first, then by id."""

    def remove(self, letter_ids: Sequence[str]) -> None:
        """Forget letters; absent ones are no error."""

    def versions(self, letter_ids: Sequence[str]) -> dict[str, int]:
        """The version held of each letter; absent ones are left out."""

    def held(self) -> Iterator[tuple[str, int]]:
        """Every letter held, with its version, in any order; what is written meanwhile may be left out."""

    def beside(self) -> SearchIndex:
        """A fresh, empty index of the same kind, for a rebuild: it is written to and asked like this one and seen by
        nobody. What an unfinished earlier rebuild left is swept away; whoever is still at that one meets RebuildSwept
        when writing to it or adopting it. Raises StoreFull or Unavailable."""

    def adopt(self, rebuilt: SearchIndex) -> None:
        """Put what `rebuilt` holds in the place of this index in one step, for all processes: who searches finds the
        old letters or the new ones, never none. The old ones are dropped; `rebuilt` can only be closed afterwards.
        What others write meanwhile may go with the old ones."""

    def close(self) -> None:
        """Let go of files and connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """A mail as the mailbox holds it. `uid` names it there; `raw` is every byte."""

    uid: str
    raw: bytes


class Mailbox(Protocol):
    """Where mail comes in. A mail stays until `done`."""

    def waiting(self, limit: int) -> list[str]:
        """Uids of mails not yet done, oldest first."""

    def fetch(self, uid: str, size_limit: int) -> FetchedMail:
        """The mail's bytes. Raises NotFound when it is gone, TooLarge (detail: size, limit) when over the limit."""

    def open(self, uid: str) -> BinaryIO:
        """The mail's bytes as a stream, for one too large to be fetched. Raises NotFound when it is gone."""

    def done(self, uid: str) -> None:
        """Mark a mail as dealt with; doing so twice is no error."""


class Postman(Protocol):
    """Hands mail over to the outside."""

    def hand_over(self, key: str, sender: str, recipients: Sequence[str], raw: bytes) -> str:
        """Send one mail, once per `key` as far as the way allows, and answer how it was taken (a queue id, a file
        name). Raises Unavailable when it can be tried again later and Invalid when it never will go."""


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, data: BinaryIO) -> str | None:
        """The name of what was found, or None when clean. Raises Unavailable when it cannot tell."""
