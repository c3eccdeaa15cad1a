"""A system with letters, mails, files and accounts is backed up while it works, lost, and restored elsewhere."""

from __future__ import annotations

import threading
from contextlib import closing
from urllib.parse import quote

import pytest

from saraban import wiring
from saraban.demo.organisation import DEMO_PASSWORD
from saraban.follow.replay import differences
from saraban.settings import Settings
from tests.house import House, until

SERVICES = ("registry", "intake", "routing", "search", "mail")
LATER_LETTERS = 20

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lost(tmp_path_factory):
    """A demo agency that was backed up while letters came in, and once more after its end."""
    folder = tmp_path_factory.mktemp("lost")
    with House(folder / "data") as house:
        house.backup = folder / "backup"
        house.known_token = house.token("somsri")
        clerk = house.client(house.known_token)
        writing = threading.Thread(target=receive_letters, args=[clerk])
        writing.start()
        house.first = house.told("backup", str(house.backup))
        writing.join()
        until(lambda: found_by_search(clerk))
        house.found = search(clerk, "น้ำท่วม")
        house.stop()
        house.second = house.told("backup", str(house.backup))
        yield house


@pytest.fixture(scope="module")
def regained(lost, tmp_path_factory):
    """What the backup was restored into, after its services have followed the log."""
    house = House(tmp_path_factory.mktemp("regained") / "data", demo=False)
    house.restored = house.told("restore", str(lost.backup))
    with house:
        house.replayed = house.told("replay", *SERVICES, "--check")
        yield house


def receive_letters(clerk):
    for number in range(LATER_LETTERS):
        clerk.did("POST", "/letters", {"particulars": {"subject": f"น้ำท่วมครั้งที่ {number}"}, "files": []})


def found_by_search(clerk):
    return len(search(clerk, "น้ำท่วมครั้งที่")) >= LATER_LETTERS


def search(client, words):
    return client.did("GET", f"/search?q={quote(words)}&limit=100")["hits"]


def stores(house):
    return Settings(data_folder=house.folder)


def test_the_second_backup_holds_what_came_while_the_first_was_made(lost):
    assert lost.first["missing"] == lost.second["missing"] == []
    assert lost.second["position"] == lost.first["position"] + lost.second["commits"]


def test_the_log_is_the_same_to_the_last_hash(lost, regained):
    with closing(wiring.event_store(stores(lost))) as before, closing(wiring.event_store(stores(regained))) as after:
        assert after.read(0, 1_000_000)[: before.head().position] == before.read(0, 1_000_000)
        assert regained.restored["hash"] == before.head().hash


def test_every_file_is_there(lost, regained):
    store = wiring.object_store(stores(lost))
    known = {key for key in store.keys("") if len(key) == 64}

    assert known
    assert known <= set(wiring.object_store(stores(regained)).keys())


def test_the_rebuilt_views_are_what_the_log_says(regained):
    assert {one["service"]: one["alike"] for one in regained.replayed} == dict.fromkeys(SERVICES, True)


@pytest.mark.parametrize("service", SERVICES)
def test_every_view_is_what_it_was(lost, regained, service):
    with (
        closing(wiring.views(stores(lost), service)) as before,
        closing(wiring.views(stores(regained), service)) as after,
    ):
        found = list(differences(before, after))

    assert found == []


def test_officers_sign_in_and_programs_go_on_with_their_tokens(lost, regained):
    program = regained.client(lost.known_token)

    assert program.did("GET", "/me")["actor"]["login"] == "somsri"
    status, _ = regained.client().ask("POST", "/sign-in", {"login": "somsri", "password": DEMO_PASSWORD})
    assert status < 300


def test_the_same_letters_are_found_in_the_same_order(lost, regained):
    program = regained.client(lost.known_token)

    def found():
        rows = search(program, "น้ำท่วม")
        return len(rows) == len(lost.found) and rows

    assert [one["letter_id"] for one in until(found)] == [one["letter_id"] for one in lost.found]


def test_a_system_that_holds_letters_is_not_overwritten(lost, regained):
    regained.stop()

    refused = regained.command("restore", str(lost.backup), "--json")

    assert refused.returncode == 2
    assert "backup.system_not_empty" in refused.stderr
    regained.start()


def test_a_running_system_is_not_restored_into(lost, regained):
    refused = regained.command("restore", str(lost.backup), "--json")

    assert refused.returncode == 2
    assert "store.in_use" in refused.stderr
