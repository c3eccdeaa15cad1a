"""How fast texts are analysed, written and found: `python -m tests.bench.search_index [letters]` prints JSON.

Letters are made of pythainlp's words with the frequencies of natural text (Zipf), one page each, and are seen by one of
200 units or by all; the one who asks holds 12 keys.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path

from saraban.engines.search_index.tantivy import TantivySearchIndex
from saraban.ports import IndexEntry, IndexQuery
from saraban.thai.analysis import FIELDS, Wording, index_fields, number_tokens, query_clauses
from saraban.thai.words import word_list

WORDS_PER_PAGE = 250
DIFFERENT = 2500
"""So many different letters are made and analysed; the rest repeat their words under other numbers."""

BATCH = 500
KEYS = [f"unit:{at}" for at in range(11)] + ["officer:somsri"]


class Letters:
    """Made-up letters, always the same."""

    def __init__(self) -> None:
        self.chance = random.Random(2569)
        self.words = sorted(word for word in word_list() if 2 <= len(word) <= 14)
        self.chance.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def text(self, size: int) -> str:
        words = self.chance.choices(self.words, cum_weights=self.weights, k=size)
        return "".join(word + (" " if self.chance.random() < 0.1 else "") for word in words)

    def letter(self, at: int) -> Wording:
        return Wording(titles=[self.text(8)], numbers=[number(at)], texts=[self.text(WORDS_PER_PAGE)])


def number(at: int) -> str:
    return f"ศธ {at % 90:05d}/{at}"


def entry(at: int, fields: dict[str, str]) -> IndexEntry:
    audience = ["role:registry_clerk", f"unit:{at % 200}", *(["unit:0"] if at % 3 == 0 else [])]
    sort = f"2026-{1 + at % 12:02d}-{1 + at % 28:02d}"
    return IndexEntry(
        letter_id=f"{at:08d}",
        version=1,
        fields=fields,
        audience=audience,
        secrecy=int(at % 50 == 0),
        facets={"direction": ["in" if at % 2 else "out"]},
        sort=sort,
    )


def analyse(letters: Letters) -> tuple[list[dict[str, str]], dict[str, float]]:
    made = [letters.letter(at) for at in range(DIFFERENT)]
    size = sum(len(text.encode()) for one in made for text in (*one.titles, *one.texts))
    index_fields(made[0])
    started, began = time.perf_counter(), time.process_time()
    analysed = [index_fields(one) for one in made]
    spent, computed = time.perf_counter() - started, time.process_time() - began
    tokens = sum(len(field.split()) for one in analysed for field in one.values())
    return analysed, {
        "letters_per_s": round(DIFFERENT / spent),
        "tokens_per_s": round(tokens / spent),
        "tokens_per_cpu_s": round(tokens / computed),
        "mb_per_s": round(size / spent / 1e6, 2),
        "tokens_per_letter": round(tokens / DIFFERENT),
    }


def fill(index: TantivySearchIndex, analysed: list[dict[str, str]], count: int) -> float:
    """Letters written a second."""
    writing = 0.0
    source = iter(range(count))
    while batch := list(islice(source, BATCH)):
        entries = [
            entry(at, {**analysed[at % DIFFERENT], "numbers": " ".join(number_tokens(number(at)))}) for at in batch
        ]
        started = time.perf_counter()
        index.write(entries)
        writing += time.perf_counter() - started
    return count / writing


def queries(letters: Letters, count: int) -> Iterator[tuple[str, str]]:
    """Kinds of query and one of each: a word, three words, a phrase of 30 letters from mid-word, a number."""
    for _ in range(count):
        yield "word", letters.chance.choice(letters.words[:3000])
        yield "three words", " ".join(letters.chance.choices(letters.words, cum_weights=letters.weights, k=3))
        yield "phrase", letters.text(30).replace(" ", "")[2:32]
        yield "number", number(letters.chance.randint(0, 20_000))


def latencies(run: Callable[[str], object], asked: Iterator[tuple[str, str]]) -> dict[str, dict[str, float]]:
    times: dict[str, list[float]] = {}
    for kind, text in asked:
        started = time.perf_counter()
        run(text)
        times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        times.setdefault("all", []).append(times[kind][-1])
    return {
        kind: {
            "p50_ms": round(statistics.median(spent), 1),
            "p95_ms": round(statistics.quantiles(spent, n=20)[-1], 1),
            "max_ms": round(max(spent), 1),
        }
        for kind, spent in times.items()
    }


def measure(count: int) -> dict[str, object]:
    letters = Letters()
    with tempfile.TemporaryDirectory() as folder:
        index = TantivySearchIndex(Path(folder), FIELDS)
        analysed, analysis = analyse(letters)
        filled = fill(index, analysed, count)

        def ask(text: str) -> object:
            return index.search(IndexQuery(clauses=query_clauses(text), audience=KEYS, clearance=0, limit=20))

        list(map(ask, (text for _, text in queries(letters, 5))))
        answers = latencies(ask, queries(letters, 60))
        index.close()
        disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    written = {"letters": count, "letters_per_s": round(filled), "mb": round(disk / 1e6, 1)}
    return {"analysis": analysis, "index": written, "search": answers}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000), indent=2, ensure_ascii=False))
