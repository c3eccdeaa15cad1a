from __future__ import annotations

from portal.app import create_app
from portal.session import Session
from portal.stream import STREAMS_OF_ONE_OFFICER, WAITING_LIMIT, Hub, Watch
from saraban.contracts.actor import from_wire
from saraban.contracts.errors.letters import LetterNotFound
from saraban.settings import Settings
from tests.unit.portal.fakes import CLERK


def session_of(officer_id="somying", unit_id="central"):
    wire = {**CLERK, "officer_id": officer_id, "unit_id": unit_id}
    return Session(token=officer_id, kind="session", actor=from_wire(wire), wire=wire, csrf="c")


def watching(letter_id="l1", seen=3, newest=lambda: 3):
    return Watch(letter_id=letter_id, seen=seen, newest=newest)


def listening(hub, session=None, still=lambda: True, watch=None):
    """A page whose stream is open: its greeting has been sent."""
    stream = hub.listen(session or session_of(), still, watch)
    next(stream)
    return stream


def test_an_officer_hears_of_a_change_in_their_inbox():
    hub = Hub()
    page = listening(hub)

    hub.inbox_changed(["somying"], [], "l1")

    assert next(page) == b'event: inbox\ndata: {"letter_id":"l1"}\n\n'


def test_everyone_in_a_unit_hears_of_what_went_to_the_unit():
    hub = Hub()
    page = listening(hub, session_of("wichai", "legal"))

    hub.inbox_changed([], ["legal"], "l2")

    assert b"l2" in next(page)


def test_others_hear_nothing_but_that_the_line_is_open():
    hub = Hub(keep_alive_seconds=0.01)
    page = listening(hub, session_of("wichai", "legal"))

    hub.inbox_changed(["somying"], ["central"], "l1")

    assert next(page).startswith(b":")


def test_a_page_that_shows_a_letter_hears_that_it_moved_on():
    hub = Hub(keep_alive_seconds=0.01)
    page, other = listening(hub, watch=watching("l1")), listening(hub, watch=watching("l2"))
    assert (next(page), next(other)) == (b": still here\n\n",) * 2

    hub.letters_changed({"l1": 42})

    assert next(page) == b'event: letter\ndata: {"letter_id":"l1","position":42}\n\n'
    assert next(other).startswith(b":")


def test_a_page_that_missed_something_while_it_was_not_connected_is_told_at_once():
    page = listening(Hub(), watch=watching("l1", seen=3, newest=lambda: 5))

    assert next(page) == b'event: letter\ndata: {"letter_id":"l1"}\n\n'


def test_of_many_changes_that_wait_only_the_last_is_told():
    hub = Hub(keep_alive_seconds=0.01)
    page = listening(hub, watch=watching())
    next(page)

    for position in range(WAITING_LIMIT * 2):
        hub.letters_changed({"l1": position})

    assert b'"position":63' in next(page)
    assert next(page).startswith(b":")


def test_who_may_no_longer_see_a_letter_hears_no_more_of_it():
    hub, may_see = Hub(keep_alive_seconds=0.01), [3, 3, None]
    page = listening(hub, watch=watching(newest=lambda: may_see.pop(0)))
    hub.letters_changed({"l1": 41})
    assert b"41" in next(page)

    hub.letters_changed({"l1": 42})

    assert list(page) == []


def test_nobody_listens_for_a_letter_that_they_may_not_see(browser, services):
    services.answers["routing", "history"] = LetterNotFound()

    response = browser.get("/api/v1/stream?letter_id=l1")

    assert (response.status_code, response.json["code"]) == (404, "letters.not_found")


def test_a_page_whose_officer_has_signed_out_is_let_go():
    hub = Hub(keep_alive_seconds=0.01)
    page = listening(hub, still=lambda: False)

    assert list(page) == []
    assert len(hub) == 0


def test_a_page_that_goes_away_is_forgotten():
    hub = Hub()
    page = listening(hub)

    page.close()

    assert len(hub) == 0


def test_a_page_that_never_began_to_read_is_not_remembered():
    hub = Hub()

    hub.listen(session_of(), lambda: True).close()

    assert len(hub) == 0


def test_a_page_that_falls_behind_is_let_go_and_holds_up_nobody():
    hub = Hub()
    slow, other = listening(hub), listening(hub, session_of("wichai", "legal"))

    for n in range(WAITING_LIMIT + 1):
        hub.inbox_changed(["somying"], [], f"l{n}")
    hub.inbox_changed(["wichai"], [], "l-last")

    assert len(list(slow)) < WAITING_LIMIT + 1
    assert b"l-last" in next(other)
    assert len(hub) == 1


def test_one_officer_holds_a_bounded_number_of_streams_and_the_oldest_goes_first():
    hub = Hub()
    pages = [listening(hub) for _ in range(STREAMS_OF_ONE_OFFICER + 1)]

    assert len(hub) == STREAMS_OF_ONE_OFFICER
    assert list(pages[0]) == []


def test_when_the_house_closes_every_stream_ends():
    hub = Hub()
    page = listening(hub)

    hub.close()

    assert list(page) == []
    assert list(hub.listen(session_of(), lambda: True)) == [b"retry: 2000\n\n"]


def test_the_stream_is_for_who_is_signed_in(anyone):
    response = anyone.get("/api/v1/stream")

    assert response.status_code == 401


def test_no_proxy_on_the_way_may_keep_or_collect_the_stream(browser):
    response = browser.get("/api/v1/stream")
    response.close()

    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Accel-Buffering"] == "no"


def test_the_pages_listen_at_the_hub_that_the_application_was_given(services, files):
    hub = Hub()

    app = create_app(services, Settings(), files, hub)

    assert app.extensions["saraban"].hub is hub
