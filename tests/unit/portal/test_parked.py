from __future__ import annotations

from saraban.contracts.errors.broker import ServiceAway
from tests.unit.portal.fakes import ADMINISTRATOR

ADMINISTRATORS = {"Authorization": "Bearer administrator-token"}


def nothing_parked(services):
    for service in ("registry", "routing", "search", "mail", "intake"):
        services.answers[service, "parked_list"] = []


def test_what_is_parked_is_told_but_not_what_it_is_about(anyone, services):
    nothing_parked(services)
    services.answers["search", "parked_list"] = [
        {"key": "message:1", "error": "KeyError", "payload": {"subject": "ลับ"}}
    ]

    rows = anyone.get("/api/v1/parked", headers=ADMINISTRATORS).json["rows"]

    assert rows == [{"service": "search", "key": "message:1", "error": "KeyError"}]


def test_parked_work_is_tried_again_in_the_name_of_who_asks(anyone, services):
    services.answers["search", "parked_retry"] = True

    response = anyone.post("/api/v1/parked/search/retry", json={"key": "stream:letter:1"}, headers=ADMINISTRATORS)

    assert response.json == {"done": True}
    assert services.last() == ("search", "parked_retry", {"actor": ADMINISTRATOR, "key": "stream:letter:1"})


def test_a_service_that_is_away_is_named_and_the_others_are_shown(anyone, services):
    nothing_parked(services)
    services.answers["routing", "parked_list"] = ServiceAway({"what": "routing"})
    services.answers["mail", "parked_list"] = [{"key": "stream:letter:1", "error": "KeyError"}]

    told = anyone.get("/api/v1/parked", headers=ADMINISTRATORS).json

    assert told == {"rows": [{"service": "mail", "key": "stream:letter:1", "error": "KeyError"}], "away": ["routing"]}


def test_the_page_shows_what_answers_and_names_what_does_not(app, services):
    nothing_parked(services)
    services.answers["routing", "parked_list"] = ServiceAway({"what": "routing"})
    services.answers["mail", "parked_list"] = [
        {"key": "stream:letter:1", "error": "KeyError", "since": "2026-11-23T02:15:00+00:00", "tries": 4}
    ]
    client = app.test_client()
    client.set_cookie("saraban_session", "administrator")

    page = client.get("/parked").text

    assert "ส่วน การเวียน ยังไม่ตอบ" in page
    assert "stream:letter:1" in page


def test_nothing_parked_is_not_said_while_a_service_is_away(app, services):
    nothing_parked(services)
    services.answers["routing", "parked_list"] = ServiceAway({"what": "routing"})
    client = app.test_client()
    client.set_cookie("saraban_session", "administrator")

    assert "ไม่มีงานค้าง" not in client.get("/parked").text
