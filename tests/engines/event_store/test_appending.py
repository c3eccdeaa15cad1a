"""What an append promises."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from saraban.contracts.commit import GENESIS_HASH, Commit, Head, rehash
from saraban.contracts.errors.log import Unwritable, VersionConflict
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered, shown, written


def test_an_empty_log_stands_at_position_zero_with_the_genesis_hash(store):
    assert store.head() == Head(position=0, hash=GENESIS_HASH)


def test_a_commit_takes_the_next_position_and_follows_on_the_hash_before(store):
    first, second = written(store, draft(arrived("flood")), draft(arrived("fire")))

    assert (first.position, first.previous_hash) == (1, GENESIS_HASH)
    assert (second.position, second.previous_hash) == (2, first.hash)
    assert store.head() == Head(position=2, hash=second.hash)


def test_a_commit_carries_the_hash_of_its_content(store):
    (commit,) = written(store, draft(arrived()))

    assert rehash(commit) == commit.hash


def test_a_commit_writes_all_its_streams(store):
    written(store, draft(arrived("flood"), numbered(1)))

    assert store.versions(["letter:flood", BOOK]) == {"letter:flood": 1, BOOK: 1}


def test_a_commit_with_one_wrong_stream_writes_none_of_them(store):
    (outcome,) = store.append([draft(arrived("flood"), numbered(5))])

    assert isinstance(outcome, VersionConflict)
    assert store.versions(["letter:flood", BOOK]) == {"letter:flood": 0, BOOK: 0}
    assert store.head().position == 0


def test_a_conflict_names_the_stream_and_both_versions(store):
    written(store, draft(numbered(1)), draft(numbered(2)))

    (late,) = store.append([draft(numbered(2))])
    (early,) = store.append([draft(numbered(4))])

    assert late.detail == {"stream": BOOK, "expected": 1, "actual": 2}
    assert early.detail == {"stream": BOOK, "expected": 3, "actual": 2}


def test_a_conflict_does_not_stop_its_neighbours(store):
    before, wrong, behind = store.append([draft(arrived("flood")), draft(numbered(9)), draft(arrived("fire"))])

    assert (before.position, behind.position) == (1, 2)
    assert isinstance(wrong, VersionConflict)
    assert [commit.position for commit in store.read(0, 10)] == [1, 2]


def test_what_builds_on_a_conflict_conflicts_too(store):
    wrong, on_top = store.append([draft(arrived("flood", 2)), draft(arrived("flood", 3))])

    assert isinstance(wrong, VersionConflict)
    assert isinstance(on_top, VersionConflict)


def test_drafts_of_one_call_build_on_each_other(store):
    written(store, draft(arrived("flood", 1)), draft(arrived("flood", 2), arrived("flood", 3)))

    assert shown(store.stream("letter:flood")) == [("letter:flood", 1), ("letter:flood", 2), ("letter:flood", 3)]


def test_events_of_one_commit_must_follow_each_other(store):
    (outcome,) = store.append([draft(arrived("flood", 1), arrived("flood", 3))])

    assert isinstance(outcome, VersionConflict)
    assert store.head().position == 0


def test_the_same_command_again_answers_its_first_commit(store):
    (first,) = written(store, draft(arrived("flood"), command="receive-1"))

    (again,) = store.append([draft(arrived("flood"), command="receive-1")])

    assert again == first
    assert store.head().position == 1


def test_the_same_command_answers_its_first_commit_even_with_an_old_expected_version(store):
    (first,) = written(store, draft(numbered(1), command="receive-1"))
    written(store, draft(numbered(2)), draft(numbered(3)))

    (again,) = store.append([draft(numbered(1), command="receive-1")])

    assert again == first


def test_the_same_command_answers_its_first_commit_even_with_other_content(store):
    (first,) = written(store, draft(arrived("flood"), command="receive-1"))

    (again,) = store.append([draft(arrived("fire", 7), command="receive-1")])

    assert again == first


def test_the_same_command_twice_in_one_call_is_one_commit(store):
    first, again, other = store.append(
        [
            draft(arrived("flood"), command="receive-1"),
            draft(arrived("flood"), command="receive-1"),
            draft(arrived("fire")),
        ]
    )

    assert again == first
    assert (first.position, other.position) == (1, 2)


def test_a_refused_command_may_come_again(store):
    store.append([draft(numbered(2), command="receive-1")])

    (outcome,) = store.append([draft(numbered(1), command="receive-1")])

    assert isinstance(outcome, Commit)


def test_nothing_to_append_answers_nothing(store):
    assert store.append([]) == []


def test_a_commit_may_say_nothing_but_that_a_command_was_done(store):
    (silent,) = written(store, draft(command="receive-1"))

    assert store.read(0, 10) == [silent]
    assert store.commits_of(["receive-1"]) == {"receive-1": silent}


def test_a_big_batch_is_written_whole(store):
    drafts = [draft(arrived(f"flood-{number}"), numbered(number)) for number in range(1, 1001)]

    commits = written(store, *drafts)

    assert [commit.position for commit in commits] == list(range(1, 1001))
    assert store.read(0, 2000) == commits
    assert store.versions([BOOK]) == {BOOK: 1000}


def test_what_the_writer_changes_afterwards_does_not_change_the_log(store):
    event = arrived("fire", subject="อัคคีภัย")
    written(store, draft(event))

    event.data["subject"] = "แก้ไขภายหลัง"

    assert store.stream("letter:fire")[0].data == {"subject": "อัคคีภัย"}


@pytest.mark.parametrize(
    "wrong",
    [
        draft(arrived("flood", subject="half a character \ud83c")),
        draft(arrived("flood", subject=object())),
        draft(arrived("flood", pages={1: "one"})),
        draft(arrived("half \ud83c")),
        draft(arrived("a\0b")),
        draft(arrived(), command="a\nb"),
        draft(arrived(), cause="\udfff"),
        replace(draft(arrived()), command_id=""),
        replace(draft(arrived()), command_id=7),
        replace(draft(arrived()), actor=["somsri"]),
        replace(draft(arrived()), at=None),
        replace(draft(), events=(replace(arrived(), type=5),)),
        replace(draft(), events=(replace(arrived(), type_version=2**70),)),
        replace(draft(), events=(replace(arrived(), version="1"),)),
        replace(draft(), events=(replace(arrived(), data=["flood"]),)),
    ],
)
def test_what_json_cannot_carry_is_refused_and_does_not_stop_its_neighbours(store, wrong):
    before, refused, behind = store.append([draft(arrived("fire")), wrong, draft(arrived("storm"))])

    assert isinstance(refused, Unwritable)
    assert (before.position, behind.position) == (1, 2)
    assert store.read(0, 10) == [before, behind]
