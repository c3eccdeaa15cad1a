"""What only the views in MongoDB can meet: other processes at the same views, and lists that must not be read whole."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from pymongo.errors import OperationFailure

from saraban.contracts.errors import Unavailable
from saraban.engines import mongo_database
from saraban.engines.views.memory import MemoryViews
from saraban.engines.views.mongo import MongoViews
from saraban.engines.views.mongo import views as views_in_mongo
from saraban.engines.views.mongo.documents import sorted_at, tagged
from saraban.ports import Put, Step
from tests.engines import mongodb
from tests.engines.views.conftest import mongo_views
from tests.engines.views.test_conformance import TOLD, letter, same_in_both, step
from tests.servers import own_server

pytestmark = pytest.mark.servers


@pytest.fixture
def views(address):
    with closing(MongoViews.at(address, "routing")) as made:
        yield made


@pytest.fixture
def other(address):
    with closing(MongoViews.at(address, "routing")) as made:
        yield made


def stages(plan):
    below = plan.get("inputStages", [plan["inputStage"]] if "inputStage" in plan else [])
    return [plan["stage"], *[stage for one in below for stage in stages(one)]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TOLD)
def test_mongodb_does_what_memory_does(told):
    with mongo_views() as views:
        same_in_both(views, MemoryViews(), told)


@pytest.mark.parametrize("values", [["anan"], ["anan", "malee", "unit"]])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("after", [None, ("0150", "k0150")])
def test_a_page_of_a_list_costs_the_page_only(address, views, values, descending, after):
    views.apply([step("s", 0, *[letter(f"k{n:04}", "anan", "unit", sort=f"{n:04}") for n in range(400)])])

    asked = tagged("letters", "inbox", values)
    if after:
        asked["place"] = {"$lt" if descending else "$gt": sorted_at(*after)}
    with mongodb.opened(address) as database:
        found = database.views_routing.find(asked, sort=[("place", -1 if descending else 1)], limit=10)
        told = found.explain()

    assert "SORT" not in stages(told["queryPlanner"]["winningPlan"])
    assert told["executionStats"]["totalDocsExamined"] == 10
    assert told["executionStats"]["totalKeysExamined"] < 40


@pytest.mark.parametrize("values", [["anan"], ["anan", "malee"]])
def test_counting_reads_the_index_only(address, views, values):
    views.apply([step("s", 0, *[letter(f"k{n}", "anan") for n in range(50)])])

    with mongodb.opened(address) as database:
        asked = {"count": "views_routing", "query": tagged("letters", "inbox", values)}
        told = database.command("explain", asked, verbosity="executionStats")

    assert told["executionStats"]["totalDocsExamined"] == 0


def test_a_page_that_is_read_while_letters_move_is_never_short(views, other):
    views.apply([step("s", 0, *[letter(f"k{n:03}", "anan", sort="0") for n in range(300)])])
    done = threading.Event()
    pages = []

    def look():
        while not done.is_set():
            found = other.find("letters", "inbox", ["anan", "malee"], limit=300)
            pages.append([(one.sort, one.key) for one in found])

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(1, 30):
        inbox = ["anan", "malee"][turn % 2]
        views.apply([step("s", turn, *[letter(f"k{n:03}", inbox, sort=str(turn)) for n in range(300)])])
    done.set()
    reader.join()

    assert {len(page) for page in pages} == {300}
    assert all(len({sort for sort, _ in page}) == 1 for page in pages)


def test_a_rebuild_that_is_adopted_is_never_seen_empty(views, other):
    views.apply([step("s", 0, letter("a", "anan"))])
    done = threading.Event()
    counts, found = [], []

    def look():
        while not done.is_set():
            counts.append(other.count("letters", "inbox", ["anan"]))
            found.append(len(other.find("letters", "inbox", ["anan"], limit=5)))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(15):
        fresh = views.beside()
        fresh.apply([step("s", 0, letter("a", "anan"))])
        views.adopt(fresh)
    done.set()
    reader.join()

    assert set(counts) == {1}
    assert set(found) == {1}


def test_the_adopted_views_go_on_under_every_handle(views, other):
    fresh = views.beside()
    fresh.apply([step("s", 0, letter("a", "anan"))])
    views.adopt(fresh)

    assert other.apply([step("s", 1, letter("b", "anan"))]) == []
    assert fresh.apply([step("s", 1, letter("c", "anan"))]) == ["s"]
    assert views.get_many("letters", ["a", "b", "c"]).keys() == {"a", "b"}


def test_two_processes_that_take_the_same_steps_take_each_once(views, other):
    steps = [step(f"letter:{n % 5}", n // 5, letter(f"k{n}", "anan")) for n in range(100)]
    refused = {views: 0, other: 0}

    def take(handle):
        for one in steps:
            refused[handle] += len(handle.apply([one]))

    takers = [threading.Thread(target=take, args=(handle,)) for handle in refused]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    assert sum(refused.values()) == len(steps)
    assert views.applied([f"letter:{n}" for n in range(5)]) == {f"letter:{n}": 20 for n in range(5)}
    assert views.count("letters", "inbox", ["anan"]) == 100


def test_a_step_whose_document_is_too_large_writes_nothing_of_the_call(views):
    large = Put(table="letters", key="b", doc={"scan": "น้ำ" * 2_000_000})

    with pytest.raises(OperationFailure, match="BSONObjectTooLarge"):
        views.apply([step("s", 0, letter("a", "anan")), Step(stream="t", was=0, to=1, changes=(large,))])

    assert views.applied(["s", "t"]) == {"s": 0, "t": 0}
    assert views.get("letters", "a") is None


def test_a_circular_to_ten_thousand_officers_is_one_step(views):
    inboxes = [Put(table="inbox", key=f"officer-{n}", doc={"letter": "flood"}) for n in range(10_000)]

    refused = views.apply([Step(stream="letter:flood", was=0, to=1, changes=tuple(inboxes))])

    assert refused == []
    assert len(views.get_many("inbox", [f"officer-{n}" for n in range(10_000)])) == 10_000


@pytest.mark.parametrize("cuts", [1, 2, 5])
@pytest.mark.parametrize("word", [b"commitTransaction", b"\x02update\x00"])
def test_a_step_whose_answer_was_lost_is_taken_once(address, views, word, cuts):
    with mongodb.line_to(address, word) as line, closing(MongoViews.at(line.address, "routing")) as far:
        line.cuts = cuts
        refused = far.apply([step("s", 0, letter("a", "anan"))])

    assert line.cut == cuts
    assert refused == []
    assert views.applied(["s"]) == {"s": 1}
    assert views.count("letters", "inbox", ["anan"]) == 1


def test_views_whose_server_is_away_are_a_clear_error_and_work_resumes_when_it_is_back(tmp_path, monkeypatch):
    monkeypatch.setattr(mongo_database, "SELECTION_SECONDS", 0.4)
    monkeypatch.setattr(views_in_mongo, "PATIENCE", 0.1)
    with own_server("mongodb", tmp_path) as first:
        views = MongoViews.at(first.address, "mail")
        views.apply([step("s", 0, letter("a", "anan"))])
        first.stop()
        with pytest.raises(Unavailable):
            views.apply([step("s", 1, letter("b", "anan"))])
        with pytest.raises(Unavailable):
            views.get("letters", "a")

    monkeypatch.undo()
    with own_server("mongodb", tmp_path) as again, closing(views), closing(MongoViews.at(again.address, "mail")):
        views.apply([step("s", 1, letter("b", "anan"))])

        assert views.get_many("letters", ["a", "b"]).keys() == {"a", "b"}
