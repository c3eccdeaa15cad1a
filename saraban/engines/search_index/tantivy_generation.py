"""One generation of a search index by tantivy: a folder with letters, written by one process."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from saraban.broker.threads import real_lock
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import StoreFull, StoreInUse
from saraban.contracts.errors.search import RebuildSwept
from saraban.engines.search_index.ranking import NOTHING
from saraban.engines.search_index.tantivy_page import add_columns, fill_columns, one_page
from saraban.ports import Clause, Hit, IndexEntry, IndexQuery

WRITER_MEMORY = 32_000_000
LOOKED_UP_AT_ONCE = 50


class Unreadable(Exception):
    """A folder holds an index that was made for other fields, or a damaged one."""


class Generation:
    """The index in `folder`, made when there is none. `fields` are the names of the token fields that entries may have.
    Safe to use from many threads. Raises Unreadable, StoreInUse when another process writes to it, Unavailable."""

    def __init__(self, folder: Path, fields: Sequence[str]) -> None:
        self.folder = folder
        self._fields = tuple(fields)
        self._schema = _schema(self._fields)
        self._index = _open(folder, self._schema)
        self._index.config_reader("manual")
        self._writing = real_lock()
        self._writer: tantivy.IndexWriter | None = None
        self._closed = False
        self._live_writer()
        self._index.reload()

    def write(self, entries: Iterable[IndexEntry]) -> None:
        """Add or replace entries in one commit; older ones are ignored. While one entry is written, the next may be
        made. Raises StoreFull or Unavailable; then nothing was written; RebuildSwept when it was closed."""
        with self._writing, self._whole_or_not():
            written: dict[str, int] = {}
            coming = iter(entries)
            while some := list(islice(coming, LOOKED_UP_AT_ONCE)):
                held = {**self.versions([entry.letter_id for entry in some]), **written}
                for entry in some:
                    if entry.version >= held.get(entry.letter_id, 0):
                        self._replace(self._live_writer(), entry)
                        held[entry.letter_id] = written[entry.letter_id] = entry.version
            if written:
                self._commit(self._live_writer())
            if self.versions(list(written)) != written:
                raise ValueError("the index lost what was written to it")

    def search(self, query: IndexQuery) -> tuple[int, list[Hit]]:
        """The number of matches and one page of them."""
        wanted = self._query(query)
        if wanted is None:
            return 0, []
        return one_page(self._index.searcher(), wanted, query.offset, query.limit)

    def remove(self, letter_ids: Sequence[str]) -> None:
        """Forget letters."""
        with self._writing, self._whole_or_not():
            writer = self._live_writer()
            for letter_id in letter_ids:
                writer.delete_documents_by_term("letter_id", letter_id)
            self._commit(writer)

    def versions(self, letter_ids: Sequence[str]) -> dict[str, int]:
        """The version held of each letter."""
        searcher = self._index.searcher()
        if not letter_ids:
            return {}
        wanted = Query.term_set_query(self._schema, "letter_id", list(letter_ids))
        found = searcher.search(wanted, limit=len(letter_ids), count=False).hits
        documents = (searcher.doc(address) for _, address in found)
        return {document["letter_id"][0]: document["version"][0] for document in documents}

    def held(self) -> Iterator[tuple[str, int]]:
        """Every letter held at the moment of the call, with its version."""
        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), limit=max(searcher.num_docs, 1), count=False).hits
        documents = (searcher.doc(address) for _, address in found)
        return ((document["letter_id"][0], document["version"][0]) for document in documents)

    def close(self) -> None:
        """Let go of the folder. Merging in the background is broken off; it costs nothing but being done again."""
        with self._writing:
            self._writer, self._closed = None, True

    def _let_go(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.wait_merging_threads()

    def _live_writer(self) -> tantivy.IndexWriter:
        if self._closed:
            raise RebuildSwept
        if self._writer is None:
            try:
                self._writer = self._index.writer(WRITER_MEMORY, num_threads=1)
            except ValueError as error:
                if "lock" in str(error).lower():
                    raise StoreInUse({"folder": str(self.folder)}) from error
                raise
        return self._writer

    def _replace(self, writer: tantivy.IndexWriter, entry: IndexEntry) -> None:
        writer.delete_documents_by_term("letter_id", entry.letter_id)
        writer.add_document(_document(entry, self._fields))

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        self._index.reload()

    @contextmanager
    def _whole_or_not(self) -> Iterator[None]:
        """After an error, go back to the last commit and let go of the writer: tantivy's writer drops everything from
        then on, without a word."""
        try:
            yield
        except BaseException as error:
            with suppress(ValueError):
                self._let_go()
            if not isinstance(error, ValueError | OSError):
                raise
            full = f"os error {errno.ENOSPC}" in str(error)
            raise StoreFull if full else Unavailable({"what": f"search index: {error}"}) from error

    def _query(self, query: IndexQuery) -> Query | None:
        matches = [(Occur.Should, one) for clause in query.clauses for one in self._matches(clause)]
        if not matches or not query.audience:
            return None
        must = [Query.boolean_query(matches), *(Query.const_score_query(one, 0.0) for one in self._filters(query))]
        return Query.boolean_query([(Occur.Must, one) for one in must])

    def _matches(self, clause: Clause) -> Iterator[Query]:
        terms = list(clause.terms)
        if clause.phrase and len(terms) > 1:
            yield Query.boost_query(Query.phrase_query(self._schema, clause.field, [*terms]), clause.boost)
            return
        for term in dict.fromkeys(terms):
            yield Query.boost_query(Query.term_query(self._schema, clause.field, term), clause.boost)

    def _filters(self, query: IndexQuery) -> Iterator[Query]:
        levels = [str(level) for level in range(query.clearance + 1)]
        yield Query.term_set_query(self._schema, "secrecy", levels)
        yield Query.term_set_query(self._schema, "audience", list(query.audience))
        for name, values in query.facets.items():
            yield Query.term_set_query(self._schema, "facets", [_facet(name, value) for value in values])


def _open(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    try:
        return tantivy.Index(schema, path=str(folder))
    except (ValueError, OSError) as error:
        if "os error" in str(error):
            raise Unavailable({"what": f"search index: {error}"}) from error
        raise Unreadable(str(error)) from error


def _schema(fields: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in fields:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("letter_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("audience", "secrecy", "facets"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("version", stored=True)
    add_columns(builder)
    return builder.build()


def _document(entry: IndexEntry, fields: Sequence[str]) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("letter_id", entry.letter_id)
    document.add_unsigned("version", entry.version)
    fill_columns(document, {"sort": entry.sort, "letter_id": entry.letter_id})
    document.add_text("secrecy", str(entry.secrecy))
    for name in fields:
        document.add_text(name, entry.fields.get(name) or NOTHING)
    for key in entry.audience:
        document.add_text("audience", key)
    for name, values in entry.facets.items():
        for value in values:
            document.add_text("facets", _facet(name, value))
    return document


def _facet(name: str, value: str) -> str:
    return f"{name}={value}"
