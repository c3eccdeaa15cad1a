from __future__ import annotations

from saraban.contracts.errors import Unavailable


def test_the_house_is_ready_when_every_service_is(anyone, services):
    response = anyone.get("/readyz")

    assert response.status_code == 200
    assert {service for service, method, _ in services.calls if method == "ready"} == {
        "registry",
        "routing",
        "search",
        "mail",
        "intake",
    }


def test_a_service_that_does_not_answer_is_named_and_does_not_take_the_portal_away(anyone, services):
    services.answers["search", "ready"] = Unavailable({"what": "search"})

    response = anyone.get("/readyz")

    assert response.status_code == 200
    assert [(one["what"], one["vital"]) for one in response.json["missing"]] == [("search", False)]
    assert response.json["services"] == {
        "registry": True,
        "routing": True,
        "search": False,
        "mail": True,
        "intake": True,
    }


def test_without_the_registry_nobody_can_work(anyone, services):
    services.answers["registry", "ready"] = {"ready": False, "missing": [{"what": "log"}]}

    response = anyone.get("/readyz")

    (missing,) = response.json["missing"]
    assert response.status_code == 503
    assert (missing["what"], missing["missing"]) == ("registry", [{"what": "log"}])


def test_being_alive_asks_nobody(anyone, services):
    response = anyone.get("/healthz")

    assert response.status_code == 200
    assert services.calls == []


def test_the_machine_itself_may_read_the_counters(anyone):
    anyone.get("/healthz")

    response = anyone.get("/metrics")

    assert 'saraban_http_requests_total{method="GET",route="/healthz",status="200"}' in response.text


def test_the_counters_are_closed_to_others(anyone):
    response = anyone.get("/metrics", environ_overrides={"REMOTE_ADDR": "10.0.0.9"})

    assert response.status_code == 401


def test_what_came_through_a_proxy_did_not_come_from_this_machine(anyone):
    response = anyone.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})

    assert response.status_code == 401


def test_a_clerk_may_not_read_the_counters_and_an_administrator_may(anyone):
    elsewhere = {"REMOTE_ADDR": "10.0.0.9"}

    clerk = anyone.get("/metrics", environ_overrides=elsewhere, headers={"Authorization": "Bearer clerk-token"})
    administrator = anyone.get(
        "/metrics", environ_overrides=elsewhere, headers={"Authorization": "Bearer administrator-token"}
    )

    assert clerk.status_code == 403
    assert administrator.status_code == 200
