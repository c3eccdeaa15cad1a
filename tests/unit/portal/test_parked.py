from __future__ import annotations

ADMINISTRATOR = {"Authorization": "Bearer administrator-token"}


def nothing_parked(services):
    for service in ("registry", "routing", "search", "mail", "intake"):
        services.answers[service, "parked_list"] = []


def test_an_administrator_sees_what_is_parked_but_not_what_it_is_about(anyone, services):
    nothing_parked(services)
    services.answers["search", "parked_list"] = [
        {"key": "message:1", "error": "KeyError", "payload": {"subject": "ลับ"}}
    ]

    rows = anyone.get("/api/v1/parked", headers=ADMINISTRATOR).json["rows"]

    assert rows == [{"service": "search", "key": "message:1", "error": "KeyError"}]


def test_an_administrator_has_parked_work_tried_again(anyone, services):
    response = anyone.post("/api/v1/parked/search/retry", json={"key": "stream:letter:1"}, headers=ADMINISTRATOR)

    assert response.status_code == 204
    assert services.last() == ("search", "parked_retry", {"key": "stream:letter:1"})


def test_parked_work_is_closed_to_a_clerk(anyone, services, program):
    listed = anyone.get("/api/v1/parked", headers=program)
    retried = anyone.post("/api/v1/parked/search/retry", json={"key": "stream:letter:1"}, headers=program)

    assert (listed.status_code, retried.status_code) == (403, 403)
    assert services.count("search", "parked_retry") == 0
