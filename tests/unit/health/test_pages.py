from __future__ import annotations

import msgspec
import pytest
from werkzeug.test import Client

from saraban.health.pages import Pages

ALL_WELL = {"ready": True, "missing": []}
LOG_AWAY = {"ready": False, "missing": [{"what": "log", "since": "2026-01-05T09:00:00Z"}]}


def asked(path: str, told: dict[str, object] = ALL_WELL, method: str = "GET"):
    return Client(Pages(lambda: told)).open(path, method=method)


def test_being_alive_asks_nobody():
    def fail() -> dict[str, object]:
        raise AssertionError

    response = Client(Pages(fail)).get("/healthz")

    assert (response.status_code, response.json) == (200, {"alive": True})


def test_ready_is_200():
    response = asked("/readyz")

    assert (response.status_code, response.json) == (200, ALL_WELL)


def test_not_ready_is_503_with_what_is_missing():
    response = asked("/readyz", LOG_AWAY)

    assert (response.status_code, response.json) == (503, LOG_AWAY)


def test_the_figures_are_text_for_prometheus():
    response = asked("/metrics")

    assert response.mimetype == "text/plain"
    assert "python_info" in response.text


@pytest.mark.parametrize(("path", "method", "status"), [("/letters", "GET", 404), ("/readyz", "POST", 405)])
def test_nothing_else_is_answered(path, method, status):
    response = asked(path, method=method)

    assert (response.status_code, msgspec.json.decode(response.data)) == (status, {})


def test_asking_for_the_head_alone_answers_no_body():
    response = asked("/readyz", LOG_AWAY, method="HEAD")

    assert (response.status_code, response.data) == (503, b"")
