from __future__ import annotations

import random

import pytest

from saraban.engines.search_index.memory import MemorySearchIndex
from tests.engines.search_index.letters import any_of, found, in_a_row, letter, query


def test_a_letter_is_found_by_any_of_its_words(index):
    index.write([letter("flood", "แผน น้ำท่วม"), letter("budget", "งบประมาณ")])

    assert found(index, any_of("น้ำท่วม โรงเรียน")) == ["flood"]


def test_a_phrase_needs_its_words_in_a_row(index):
    index.write([letter("right", "ขอ เชิญ ประชุม"), letter("apart", "ขอ ส่ง เชิญ"), letter("turned", "เชิญ ขอ")])

    assert found(index, in_a_row("ขอ เชิญ")) == ["right"]


def test_a_phrase_of_one_word_is_that_word(index):
    index.write([letter("a", "ขอ เชิญ")])

    assert found(index, in_a_row("เชิญ")) == ["a"]


def test_a_phrase_may_repeat_a_word(index):
    index.write([letter("twice", "ก ก ข"), letter("once", "ก ข")])

    assert found(index, in_a_row("ก ก")) == ["twice"]


def test_fields_are_searched_apart(index):
    index.write([letter("a", "น้ำท่วม", grams="น้ำ")])

    assert found(index, any_of("น้ำท่วม", field="grams")) == []


def test_a_rare_word_counts_for_more_than_a_common_one(index):
    index.write([letter(f"c{at}", "เรื่อง อื่น") for at in range(9)])
    index.write([letter("rare", "คุรุสภา อื่น"), letter("both", "เรื่อง คุรุสภา")])

    assert found(index, any_of("เรื่อง คุรุสภา"))[:2] == ["both", "rare"]


def test_a_short_text_that_holds_the_word_comes_before_a_long_one(index):
    index.write([letter("long", "น้ำท่วม " + "อื่น " * 60), letter("short", "น้ำท่วม อื่น")])

    assert found(index, any_of("น้ำท่วม")) == ["short", "long"]


def test_a_boost_lifts_what_it_matches(index):
    index.write([letter("word", "ก ข", grams="ค ง"), letter("gram", "ค ง", grams="ก ข")])

    assert found(index, any_of("ก"), any_of("ก", field="grams", boost=3.0)) == ["gram", "word"]


def test_equal_letters_come_newest_first_and_then_by_id(index):
    index.write(
        [
            letter("c", "น้ำท่วม", sort="2026-01-01"),
            letter("b", "น้ำท่วม", sort="2026-02-01"),
            letter("a", "น้ำท่วม", sort="2026-01-01"),
        ]
    )

    assert found(index, any_of("น้ำท่วม")) == ["b", "a", "c"]


def test_pages_follow_each_other_without_gap_or_repetition_even_through_ties(index):
    dates = [f"2026-{1 + at % 12:02d}-01" for at in range(200)]
    index.write([letter(f"{at:03d}", "น้ำท่วม", sort=dates[at]) for at in range(200)])
    index.write([letter("best", "น้ำท่วม น้ำท่วม"), letter("last", "น้ำท่วม " + "อื่น " * 50)])

    pages = [index.search(query(any_of("น้ำท่วม"), limit=30, offset=start)) for start in range(0, 210, 30)]

    listed = [hit.letter_id for _, hits in pages for hit in hits]
    middle = sorted(sorted(f"{at:03d}" for at in range(200)), key=lambda name: dates[int(name)], reverse=True)
    assert listed == ["best", *middle, "last"]
    assert {count for count, _ in pages} == {202}


def test_the_count_is_of_all_matches_and_the_page_of_those_asked_for(index):
    index.write([letter(f"{at}", "น้ำท่วม") for at in range(7)])

    assert index.search(query(any_of("น้ำท่วม"), limit=0)) == (7, [])
    assert [hit.letter_id for hit in index.search(query(any_of("น้ำท่วม"), limit=2, offset=6))[1]] == ["6"]
    assert index.search(query(any_of("น้ำท่วม"), limit=5, offset=50)) == (7, [])


def test_who_holds_no_key_finds_nothing_not_even_a_count(index):
    index.write([letter("theirs", "น้ำท่วม", audience=["unit:law", "officer:somsri"])])

    assert index.search(query(any_of("น้ำท่วม"), audience=["unit:central"])) == (0, [])
    assert index.search(query(any_of("น้ำท่วม"), audience=[])) == (0, [])
    assert found(index, any_of("น้ำท่วม"), audience=["unit:x", "officer:somsri"]) == ["theirs"]


@pytest.mark.parametrize(("clearance", "ids"), [(0, ["open"]), (1, ["open", "secret1"]), (2, ["open", "secret1"])])
def test_a_classified_letter_is_found_only_by_the_cleared(index, clearance, ids):
    index.write([letter("open", "ประชุม"), letter("secret1", "ประชุม", secrecy=1), letter("top", "ประชุม", secrecy=3)])

    assert found(index, any_of("ประชุม"), clearance=clearance) == ids


def test_a_key_is_compared_whole(index):
    index.write([letter("a", "ประชุม", audience=["unit:law 1"])])

    assert found(index, any_of("ประชุม"), audience=["unit:law"]) == []
    assert found(index, any_of("ประชุม"), audience=["unit:law 1"]) == ["a"]


def test_facets_narrow_each_by_any_of_its_values(index):
    index.write(
        [
            letter("in26", "ประชุม", facets={"direction": ["in"], "year": ["2569"]}),
            letter("out26", "ประชุม", facets={"direction": ["out"], "year": ["2569"]}),
            letter("in25", "ประชุม", facets={"direction": ["in"], "year": ["2568"]}),
        ]
    )

    assert found(index, any_of("ประชุม"), facets={"direction": ["in"]}) == ["in25", "in26"]
    assert found(index, any_of("ประชุม"), facets={"direction": ["in", "out"], "year": ["2569"]}) == ["in26", "out26"]
    assert found(index, any_of("ประชุม"), facets={"direction": ["2569"]}) == []


def test_a_query_without_a_clause_finds_nothing(index):
    index.write([letter("a", "ประชุม")])

    assert index.search(query()) == (0, [])


def test_a_newer_version_replaces_the_letter_with_its_audience(index):
    index.write([letter("a", "ร่าง", version=3)])

    index.write([letter("a", "ฉบับจริง", version=4, audience=["unit:law"])])

    assert found(index, any_of("ร่าง"), audience=["unit:law"]) == []
    assert found(index, any_of("ฉบับจริง")) == []
    assert found(index, any_of("ฉบับจริง"), audience=["unit:law"]) == ["a"]


def test_an_older_version_is_ignored(index):
    index.write([letter("a", "ใหม่", version=4)])

    index.write([letter("a", "เก่า", version=3), letter("b", "อื่น", version=1)])

    assert found(index, any_of("เก่า ใหม่")) == ["a"]
    assert index.versions(["a", "b", "absent"]) == {"a": 4, "b": 1}


def test_the_same_version_again_replaces(index):
    index.write([letter("a", "ก่อน ถอด ข้อความ", version=4)])

    index.write([letter("a", "หลัง", version=4)])

    assert found(index, any_of("ก่อน หลัง")) == ["a"]
    assert found(index, any_of("ก่อน")) == []


def test_of_two_versions_in_one_write_the_newer_stays(index):
    index.write([letter("a", "ใหม่", version=5), letter("a", "เก่า", version=4)])

    assert found(index, any_of("เก่า")) == []
    assert index.versions(["a"]) == {"a": 5}


def test_a_removed_letter_is_not_found_and_removing_it_again_is_no_error(index):
    index.write([letter("a", "ประชุม"), letter("b", "ประชุม")])

    index.remove(["a", "absent"])
    index.remove(["a"])

    assert found(index, any_of("ประชุม")) == ["b"]
    assert index.versions(["a"]) == {}


def test_every_letter_held_is_told_with_its_version(index):
    index.write([letter(f"{at:03d}", "ประชุม", version=at + 1) for at in range(300)])
    index.write([letter("007", "ประชุม", version=900)])
    index.remove(["010"])

    held = dict(index.held())

    versions = {f"{at:03d}": at + 1 for at in range(300) if at != 10}
    assert held == {**versions, "007": 900}


def test_an_empty_index_holds_nothing(index):
    assert list(index.held()) == []


def test_nothing_written_nothing_asked_is_no_error(index):
    index.write([])
    index.remove([])

    assert index.versions([]) == {}
    assert index.search(query(any_of("ประชุม"))) == (0, [])


@pytest.mark.parametrize("seed", range(8))
def test_every_engine_ranks_as_the_plain_one_does(index, seed):
    chance = random.Random(seed)
    alphabet = "กขคงจฉชซ"
    plain = MemorySearchIndex()
    letters = [
        letter(
            f"{at:03d}",
            " ".join(chance.choices(alphabet, weights=range(1, 9), k=chance.choice([1, 2, 3, 5, 8, 41, 60, 150]))),
            grams=" ".join(chance.choices(alphabet, k=chance.randint(0, 12))),
            sort=f"2026-{chance.randint(1, 12):02d}",
            audience=chance.sample(["a", "b", "c"], k=2),
            secrecy=chance.choice([0, 0, 1]),
        )
        for at in range(80)
    ]
    for engine in (index, plain):
        engine.write(letters[:50])
        engine.write(letters[50:])

    for _ in range(20):
        asked = query(
            any_of(" ".join(chance.sample(alphabet, k=3))),
            any_of(" ".join(chance.sample(alphabet, k=2)), field="grams", boost=0.5),
            in_a_row(" ".join(chance.choices(alphabet, k=2)), boost=3.0),
            audience=[chance.choice("abc")],
            clearance=chance.choice([0, 1]),
            limit=chance.choice([5, 20, 80]),
            offset=chance.choice([0, 7]),
        )
        count, hits = index.search(asked)
        plain_count, plain_hits = plain.search(asked)
        assert (count, [hit.letter_id for hit in hits]) == (plain_count, [hit.letter_id for hit in plain_hits])


def test_when_making_an_entry_fails_nothing_is_written(index):
    index.write([letter("a", "ประชุม")])

    def entries():
        yield letter("b", "ประชุม")
        raise LookupError("the second cannot be made")

    with pytest.raises(LookupError):
        index.write(entries())

    assert found(index, any_of("ประชุม")) == ["a"]
    index.write([letter("c", "ประชุม")])
    assert found(index, any_of("ประชุม")) == ["a", "c"]
