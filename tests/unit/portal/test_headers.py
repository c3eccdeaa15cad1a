from __future__ import annotations

import pytest


@pytest.mark.parametrize("url", ["/healthz", "/api/v1/openapi.json", "/api/v1/me", "/nowhere"])
def test_every_answer_carries_the_protecting_headers(anyone, url):
    headers = anyone.get(url).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_no_script_or_style_may_stand_inside_a_page(anyone):
    policy = anyone.get("/healthz").headers["Content-Security-Policy"]

    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "default-src 'none'" in policy


def test_a_request_keeps_the_id_that_it_brought(anyone):
    response = anyone.get("/healthz", headers={"X-Request-ID": "from-the-proxy.1"})

    assert response.headers["X-Request-ID"] == "from-the-proxy.1"


@pytest.mark.parametrize("brought", ["two words", "x" * 65, "a{b}"])
def test_an_id_that_could_harm_the_logs_is_replaced(anyone, brought):
    response = anyone.get("/healthz", headers={"X-Request-ID": brought})

    assert response.headers["X-Request-ID"] != brought
    assert response.headers["X-Request-ID"]
