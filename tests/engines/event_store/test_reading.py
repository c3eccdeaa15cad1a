"""What a reader of the log sees."""

from __future__ import annotations

from saraban.contracts.commit import GENESIS_HASH, rehash
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered, shown, written


def test_the_log_is_read_in_pages_without_a_gap(store):
    commits = written(store, *[draft(numbered(number)) for number in range(1, 8)])

    assert store.read(0, 3) == commits[:3]
    assert store.read(3, 3) == commits[3:6]
    assert store.read(6, 3) == commits[6:]
    assert store.read(7, 3) == []
    assert store.read(100, 3) == []


def test_a_commit_reads_as_it_was_answered_to_its_writer(store):
    answered = written(store, draft(arrived("flood"), numbered(1)), draft(arrived("flood", 2), cause=None))

    assert store.read(0, 10) == answered


def test_any_value_that_json_can_carry_reads_back_as_it_was_written(store):
    data = {
        "thai": "น้ำท่วม ๒๕๖๙ ฤๅษี",
        "emoji": "🌊",
        "nothing": None,
        "control": "a\0b\n\t\x7f\u2028",
        "nested": {"pages": [1, 2.5, -0.0, 1e300, True, {"empty": {}}], "": "no name"},
        "big": 2**70,
    }
    written(store, draft(arrived("flood", **data)))

    (event,) = store.stream("letter:flood")
    (commit,) = store.read(0, 1)

    assert event.data == data
    assert rehash(commit) == commit.hash


def test_every_commit_that_is_read_follows_on_the_hash_before(store):
    written(store, *[draft(arrived(f"flood-{number}"), numbered(number)) for number in range(1, 50)])

    previous = GENESIS_HASH
    for commit in store.read(0, 100):
        assert commit.previous_hash == previous
        assert rehash(commit) == commit.hash
        previous = commit.hash


def test_a_stream_is_read_in_order_behind_a_version(store):
    written(store, *[draft(arrived("flood", version), numbered(version)) for version in range(1, 5)])

    assert shown(store.stream("letter:flood")) == [("letter:flood", version) for version in (1, 2, 3, 4)]
    assert shown(store.stream("letter:flood", 2)) == [("letter:flood", 3), ("letter:flood", 4)]
    assert store.stream("letter:flood", 4) == []


def test_a_stream_that_is_not_there_is_empty(store):
    assert store.stream("letter:nowhere") == []
    assert store.commits_of_stream("letter:nowhere") == []


def test_a_stream_is_not_another_whose_name_begins_alike(store):
    written(store, draft(arrived("1")), draft(arrived("12")), draft(arrived("%")))

    assert shown(store.stream("letter:1")) == [("letter:1", 1)]
    assert shown(store.stream("letter:%")) == [("letter:%", 1)]


def test_versions_tell_the_head_of_each_stream_and_zero_for_none(store):
    written(store, draft(numbered(1)), draft(numbered(2), arrived("flood")))

    assert store.versions([BOOK, "letter:flood", "letter:nowhere", BOOK]) == {
        BOOK: 2,
        "letter:flood": 1,
        "letter:nowhere": 0,
    }
    assert store.versions([]) == {}


def test_commands_tell_their_commits(store):
    first, _, third = written(
        store,
        draft(arrived("flood", 1), command="receive-1"),
        draft(arrived("fire", 1), command="receive-2"),
        draft(arrived("drought", 1), command="receive-3"),
    )

    found = store.commits_of(["receive-3", "receive-1", "receive-9"])

    assert found == {"receive-1": first, "receive-3": third}
    assert store.commits_of([]) == {}


def test_the_commits_of_a_stream_come_whole_in_order_and_once_each(store):
    first, _, third = written(
        store,
        draft(arrived("flood", 1), numbered(1)),
        draft(arrived("fire", 1)),
        draft(arrived("flood", 2), numbered(2), arrived("flood", 3)),
    )

    assert store.commits_of_stream("letter:flood") == [first, third]
    assert store.commits_of_stream("letter:flood", 1) == [third]
    assert store.commits_of_stream("letter:flood", 2) == [third]
    assert store.commits_of_stream("letter:flood", 3) == []


def test_a_log_that_is_opened_again_holds_what_was_written(lasting_log):
    first = lasting_log.open()
    commits = written(first, draft(arrived("flood"), numbered(1), command="receive-1"))
    first.close()

    again = lasting_log.open()

    assert again.read(0, 10) == commits
    assert again.head().hash == commits[0].hash
    assert again.append([draft(numbered(1), command="receive-1")]) == commits
    assert written(again, draft(numbered(2)))[0].previous_hash == commits[0].hash


def test_another_handle_sees_what_was_written_at_once(log):
    writer, reader = log.open(), log.open()

    commits = written(writer, draft(arrived("flood")))

    assert reader.read(0, 10) == commits
