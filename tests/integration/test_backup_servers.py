"""A backup of one machine is restored into real servers, backed up from there, and restored onto one machine again."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from saraban import wiring
from saraban.follow.replay import differences
from saraban.settings import Settings
from tests.engines.mongodb import drop, fresh_database
from tests.house import House, until
from tests.servers import server

SERVICES = ("registry", "intake", "routing", "search", "mail")

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def journey(tmp_path_factory):
    """The same agency three times: here, on MongoDB and MinIO, and here again."""
    folder, database = tmp_path_factory.mktemp("journey"), fresh_database()
    bucket = urlsplit(server("minio").address)._replace(path="/restored").geturl()
    there = {"SARABAN_LOG": database, "SARABAN_VIEWS": database, "SARABAN_OBJECTS": bucket}
    houses = [
        House(folder / "here"),
        House(folder / "there", demo=False, extra=there),
        House(folder / "again", demo=False),
    ]
    with houses[0] as here:
        until(lambda: here.told("replay", *SERVICES, "--check"))
        here.stop()
    for place, (before, after) in enumerate(pairwise(houses)):
        backup = str(folder / f"backup-{place}")
        before.told("backup", backup)
        after.restored = after.told("restore", backup)
        after.replayed = after.told("replay", *SERVICES, "--check")
    yield houses
    drop(database)


def stores(house):
    given = {name.removeprefix("SARABAN_").lower(): value for name, value in house.extra.items()}
    return Settings(data_folder=house.folder, **given)


def log_of(house):
    with closing(wiring.event_store(stores(house))) as store:
        return store.read(0, 1_000_000)


@pytest.mark.parametrize("place", [1, 2])
def test_the_log_is_the_same_to_the_last_hash(journey, place):
    first = log_of(journey[0])

    assert len(first) > 100
    assert log_of(journey[place])[: len(first)] == first


@pytest.mark.parametrize("place", [1, 2])
def test_every_file_is_there(journey, place):
    first = {key for key in wiring.object_store(stores(journey[0])).keys("") if len(key) == 64}

    assert first <= set(wiring.object_store(stores(journey[place])).keys(""))


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("service", SERVICES)
def test_every_view_is_what_it_was(journey, place, service):
    first, later = (wiring.views(stores(journey[one]), service) for one in (0, place))
    with closing(first), closing(later):
        assert list(differences(first, later)) == []


@pytest.mark.parametrize("place", [1, 2])
def test_the_rebuilt_views_are_what_the_log_says(journey, place):
    assert {one["service"]: one["alike"] for one in journey[place].replayed} == dict.fromkeys(SERVICES, True)
