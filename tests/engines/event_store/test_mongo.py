"""What only the log in MongoDB can meet: a weaker index, a lost answer, a server that is away or alone, a commit that
is too large, a change behind its back."""

from __future__ import annotations

import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from pymongo.errors import DuplicateKeyError

from deploy.local import mongodb as recipe
from deploy.local.ports import HOST, free_port, listens
from deploy.local.server import Server, await_ready, launch
from saraban.audit.chain import Finding, verify
from saraban.contracts.commit import Commit
from saraban.contracts.errors import Unavailable
from saraban.contracts.errors.log import LogUnguarded, StoreAlone, Unwritable
from saraban.contracts.errors.settings import AddressNotValid
from saraban.engines import mongo_database
from saraban.engines.event_store.mongo import MongoEventStore
from saraban.engines.event_store.mongo import store as mongo_store
from tests.engines import mongodb
from tests.engines.event_store.letters import BOOK, arrived, draft, numbered, written
from tests.servers import own_server

pytestmark = pytest.mark.servers


@pytest.fixture
def database(address):
    with mongodb.opened(address) as opened:
        yield opened


@pytest.fixture
def store(address):
    with closing(MongoEventStore(address)) as opened:
        yield opened


@pytest.fixture
def hasty(monkeypatch):
    """Nobody waits long for a server that is away."""
    monkeypatch.setattr(mongo_database, "SELECTION_SECONDS", 0.4)
    monkeypatch.setattr(mongo_store, "PATIENCE", 0.1)


@pytest.mark.parametrize(
    "weaker",
    [
        None,
        {},
        {"unique": True, "sparse": True},
        {"unique": True, "partialFilterExpression": {"_id": {"$gt": 10}}},
        {"unique": True, "collation": {"locale": "th"}},
    ],
)
def test_a_log_without_its_unique_index_or_with_a_weaker_one_is_refused(address, database, store, weaker):
    written(store, draft(arrived()))
    database.commits.drop_index("one_commit_per_key")
    if weaker is not None:
        database.commits.create_index("keys", name="one_commit_per_key", **weaker)

    with pytest.raises(LogUnguarded) as refused:
        MongoEventStore(address)

    assert refused.value.detail["index"] == "one_commit_per_key"


@pytest.mark.parametrize("key", ["\tcommand-of-the-first", f"{BOOK}\t0000000001"])
def test_the_database_itself_refuses_a_second_commit_with_the_same_command_or_version(database, store, key):
    written(store, draft(numbered(1), command="command-of-the-first"))

    with pytest.raises(DuplicateKeyError):
        database.commits.insert_one({"_id": 2, "keys": [key]})


def test_a_commit_that_is_too_large_is_refused_before_it_is_written_and_harms_no_neighbour(store):
    scan = "น้ำ" * 2_000_000

    before, refused, behind = store.append([draft(arrived("a")), draft(arrived("b", scan=scan)), draft(arrived("c"))])

    assert isinstance(refused, Unwritable)
    assert "18000" in refused.detail["reason"]
    assert (before.position, behind.position) == (1, 2)
    assert store.read(0, 10) == [before, behind]


def test_many_large_commits_of_one_call_go_in_several_messages(store):
    letters = [draft(arrived(f"flood-{number}", scan="น้ำ" * 500_000)) for number in range(12)]

    commits = written(store, *letters)

    assert [commit.position for commit in commits] == list(range(1, 13))
    assert store.head().hash == commits[-1].hash
    assert len(store.read(0, 20)) == 12


@pytest.mark.parametrize("cuts", [1, 2, 5])
def test_a_commit_whose_answer_was_lost_is_found_again_and_written_once(address, store, cuts):
    with mongodb.line_to(address, b"\x02insert\x00") as line, closing(MongoEventStore(line.address)) as far:
        line.cuts = cuts
        (outcome,) = far.append([draft(arrived("flood"), numbered(1), command="receive-1")])

    assert line.cut > 0
    assert store.read(0, 10) == [outcome]
    assert outcome.command_id == "receive-1"


def test_a_writer_whose_answer_was_lost_meets_another_who_went_on_meanwhile(address, store):
    went_on = []
    with mongodb.line_to(address, b"\x02insert\x00") as line, closing(MongoEventStore(line.address)) as far:
        line.cuts = 2
        line.at_last_cut = lambda: went_on.extend(written(store, draft(numbered(2), command="other")))
        (outcome,) = far.append([draft(numbered(1), command="receive-1")])

    assert isinstance(outcome, Commit)
    assert [commit.command_id for commit in store.read(0, 10)] == ["receive-1", "other"]
    assert went_on[0].previous_hash == outcome.hash


def test_a_server_that_is_away_is_a_clear_error_and_work_resumes_when_it_is_back(tmp_path, hasty):
    with own_server("mongodb", tmp_path) as first:
        store = MongoEventStore(first.address)
        commits = written(store, draft(arrived("fire"), command="receive-1"))
        first.stop()
        with pytest.raises(Unavailable) as away:
            store.head()
        with pytest.raises(Unavailable):
            store.append([draft(arrived("flood"), command="receive-2")])
        with pytest.raises(Unavailable):
            MongoEventStore(first.address)

    with own_server("mongodb", tmp_path) as again, closing(store):
        await_ready(again, lambda: answers(store))
        commits += written(store, draft(arrived("flood"), command="receive-2"))

        assert store.read(0, 10) == commits
    assert "MongoDB" in away.value.detail["what"]
    assert password(first.address) not in str(away.value)


def answers(store):
    try:
        return store.head().position > 0
    except Unavailable:
        return False


def password(address):
    return address.split(":")[2].split("@")[0]


@pytest.mark.parametrize(
    "wrong", ["mongodb://somsri:secret/@host/saraban", "mongodb://somsri:secret@host:port", "mongodb://"]
)
def test_an_address_that_is_none_is_told_without_its_password(wrong):
    with pytest.raises(AddressNotValid) as refused:
        MongoEventStore(wrong)

    assert refused.value.detail["setting"] == "log"
    assert "secret" not in "".join(traceback.format_exception(refused.value))


def test_a_wrong_password_is_a_clear_error(address, hasty):
    with pytest.raises(Unavailable) as refused:
        MongoEventStore(address.replace(password(address), "wrong"))

    assert "Authentication failed" in refused.value.detail["what"]


def test_a_server_without_a_replica_set_is_refused(tmp_path):
    port = free_port()
    (tmp_path / "data").mkdir()
    command = [str(recipe.program()), "--bind_ip", HOST, "--port", str(port), "--dbpath", str(tmp_path / "data")]
    pid, log = launch("mongod", [*command, "--nounixsocket"], tmp_path)
    alone = await_ready(Server("mongodb", f"mongodb://{HOST}:{port}/saraban", pid, log), lambda: listens(port))

    try:
        with pytest.raises(StoreAlone):
            MongoEventStore(alone.address)
    finally:
        alone.kill()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"$set": {"body": '{"at":"then","actor":{},"cause":null,"events":[]}'}}, Finding.UNREADABLE),
        ({"$set": {"keys.0": "\tanother-command"}}, None),
        ({"$set": {"keys.1": "letter:another\t0000000001"}}, None),
        ({"$set": {"keys.1": 5}}, Finding.UNREADABLE),
        ({"$set": {"hash": "0" * 64}}, None),
        ({"$unset": {"body": ""}}, Finding.UNREADABLE),
    ],
)
def test_whatever_is_changed_in_the_database_is_found(database, store, change, finding):
    written(store, *[draft(arrived(f"flood-{number}")) for number in range(1, 6)])

    database.commits.update_one({"_id": 3}, change)

    verdict = verify(store)
    assert verdict.wrong_at == 3
    assert finding in (None, verdict.finding)


def test_a_commit_that_is_taken_out_of_the_database_is_found(database, store):
    written(store, *[draft(arrived(f"flood-{number}")) for number in range(1, 6)])

    database.commits.delete_one({"_id": 3})

    assert verify(store).wrong_at == 3


def test_the_head_of_a_long_book_is_found_without_a_hint(address, store):
    written(store, *[draft(*[numbered(10 * call + step) for step in range(1, 11)]) for call in range(300)])

    with closing(MongoEventStore(address)) as unaware:
        assert unaware.versions([BOOK]) == {BOOK: 3000}
        (late,) = unaware.append([draft(numbered(17))])
        (early,) = unaware.append([draft(numbered(9000))])

    assert (late.detail["actual"], early.detail["actual"]) == (3000, 3000)


def test_reading_a_page_and_a_stream_goes_by_an_index(database, store):
    written(store, *[draft(arrived(f"flood-{number}"), numbered(number)) for number in range(1, 200)])
    store.versions([BOOK])

    asked = [{"keys": mongo_store.keys_behind(BOOK, 190)}, {"_id": {"$gt": 190}}]
    told = [database.commits.find(one).explain()["executionStats"] for one in asked]

    assert [one["totalDocsExamined"] for one in told] == [9, 9]


GREEN = """
import sys, eventlet
eventlet.monkey_patch()
from saraban.broker.threads import in_thread
from saraban.engines.event_store.mongo import MongoEventStore
from tests.engines.event_store.letters import arrived, draft
store = MongoEventStore(sys.argv[1])
def receive(n):
    (commit,) = in_thread(store.append, [draft(arrived(f"flood-{n}"), command=f"{sys.argv[2]}-{n}")])
    (event,) = in_thread(store.stream, f"letter:flood-{n}")
    return commit.position, in_thread(store.head).position >= commit.position, event.version
told = list(eventlet.GreenPool(64).imap(receive, range(640)))
in_thread(store.close)
print(len({position for position, _, _ in told}), all(seen for _, seen, _ in told))
"""


def test_many_green_threads_read_and_write_through_real_ones(address, store):
    command = [sys.executable, "-W", "ignore", "-c", GREEN, address, "receive"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.stdout.split() == ["640", "True"], done.stderr
    assert store.head().position == 640


def test_no_writer_is_kept_from_writing_by_busier_ones(address, store):
    def take(name):
        with closing(MongoEventStore(address)) as own:
            return [own.append([draft(arrived(f"{name}-{turn}"))])[0].position for turn in range(60)]

    with ThreadPoolExecutor(4) as pool:
        positions = list(pool.map(take, ["somsri", "wichai", "malee", "anan"]))

    assert sorted(position for each in positions for position in each) == list(range(1, 241))
