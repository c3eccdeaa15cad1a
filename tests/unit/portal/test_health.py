from __future__ import annotations

import pytest

from saraban.contracts.errors import NotAllowed, Unavailable

CLERK = {"Authorization": "Bearer clerk-token"}
ADMINISTRATOR = {"Authorization": "Bearer administrator-token"}


@pytest.fixture(autouse=True)
def _registry_that_lets_administrators_watch(services):
    def may_watch(actor):
        if "administrator" not in actor["roles"]:
            raise NotAllowed

    services.answers["registry", "may_watch"] = may_watch


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

    response = anyone.get("/readyz", headers=ADMINISTRATOR)

    assert response.status_code == 200
    assert [(one["what"], one["vital"]) for one in response.json["missing"]] == [("search", False)]
    assert response.json["services"] == {
        "registry": True,
        "routing": True,
        "search": False,
        "mail": True,
        "intake": True,
    }


@pytest.mark.parametrize("headers", [{}, CLERK, {"Authorization": "Bearer nobody's"}, {"Cookie": "saraban_session=x"}])
def test_others_read_only_whether_the_house_is_ready(anyone, services, headers):
    services.answers["search", "ready"] = Unavailable({"what": "search"})

    response = anyone.get("/readyz", headers=headers)

    assert (response.status_code, response.json) == (200, {"ready": True})


def test_an_administrator_s_session_counts_like_a_token(anyone):
    anyone.set_cookie("saraban_session", "administrator")

    response = anyone.get("/readyz")

    assert response.json["missing"] == []


def test_a_stranger_s_question_costs_no_call_about_who_asks(anyone, services):
    anyone.get("/readyz")

    assert {method for _, method, _ in services.calls} == {"ready"}


def test_without_the_registry_nobody_can_work_and_nobody_can_be_known(anyone, services):
    services.answers["registry", "ready"] = {"ready": False, "missing": [{"what": "log"}]}

    response = anyone.get("/readyz", headers=ADMINISTRATOR)

    assert (response.status_code, response.json) == (503, {"ready": False})
    assert services.count("registry", "recognise") == 0


def test_being_alive_asks_nobody(anyone, services):
    response = anyone.get("/healthz")

    assert (response.status_code, response.json) == (200, {"alive": True})
    assert services.calls == []


def test_administrators_may_read_the_counters(anyone):
    anyone.get("/healthz")

    response = anyone.get("/metrics", headers=ADMINISTRATOR)

    assert 'saraban_http_requests_total{method="GET",route="/healthz",status="200"}' in response.text


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (CLERK, 403)])
def test_the_counters_are_closed_to_others_even_on_this_machine(anyone, headers, status):
    response = anyone.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": "127.0.0.1"})

    assert response.status_code == status
