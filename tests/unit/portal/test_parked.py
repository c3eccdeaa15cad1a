from __future__ import annotations

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
