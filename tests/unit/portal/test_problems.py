from __future__ import annotations

import pytest
from flask import Response

from portal import problems
from saraban.contracts.errors import Conflict, NotAllowed, NotFound, Throttled, TooLarge, Unavailable

ME = {"Authorization": "Bearer clerk-token"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (NotFound(), 404, "not_found"),
        (NotAllowed(), 403, "not_allowed"),
        (Conflict(), 409, "conflict"),
        (TooLarge({"limit": 10}), 413, "too_large"),
        (Unavailable({"what": "search"}), 503, "unavailable"),
    ],
)
def test_an_error_of_a_service_becomes_a_problem(anyone, services, error, status, code):
    services.answers["registry", "letter"] = error

    response = anyone.get("/api/v1/letters/l1", headers=ME)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert response.json["code"] == code
    assert response.json["type"].endswith(f"#{code}")
    assert response.json["th"] == error.message_th
    assert response.json["en"] == error.message_en


def test_the_values_of_an_error_are_members_of_the_problem(anyone, services):
    services.answers["registry", "letter"] = TooLarge({"limit": 10, "size": 11})

    problem = anyone.get("/api/v1/letters/l1", headers=ME).json

    assert (problem["limit"], problem["size"]) == (10, 11)


def test_a_value_named_like_a_member_does_not_replace_it(anyone, services):
    services.answers["registry", "letter"] = TooLarge({"limit": 10, "status": "draft", "code": "x"})

    problem = anyone.get("/api/v1/letters/l1", headers=ME).json

    assert (problem["status"], problem["code"]) == (413, "too_large")


def test_throttling_says_when_to_come_back(anyone, services):
    services.answers["registry", "sign_in"] = Throttled({"seconds": 30})

    response = anyone.post("/api/v1/sign-in", json={"login": "a", "password": "b"})

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "30"


@pytest.mark.parametrize(("language", "member"), [("en-GB,en;q=0.9", "en"), ("th", "th"), ("fr", "th"), (None, "th")])
def test_the_detail_is_in_the_language_of_the_asker_and_thai_otherwise(anyone, language, member):
    response = anyone.get("/api/v1/me", headers={"Accept-Language": language} if language else {})

    assert response.json["detail"] == response.json[member]


def test_a_missing_field_is_named_in_thai_and_english(anyone, program):
    response = anyone.post("/api/v1/letters/l1/endorsements", json={}, headers=program)

    assert response.status_code == 400
    assert response.json["code"] == "invalid"
    assert response.json["errors"] == [
        {"field": "text", "name_th": "ข้อความเกษียน", "name_en": "text", "th": "ต้องระบุ", "en": "is missing"}
    ]
    assert "ข้อความเกษียน" in response.json["th"]


def test_a_misspelt_field_is_refused_and_not_lost(anyone, program, services):
    body = {"particulars": {"subjct": "น้ำท่วม"}, "files": []}

    response = anyone.post("/api/v1/letters", json=body, headers=program)

    assert response.json["errors"][0]["field"] == "particulars.subjct"
    assert services.count("registry", "receive") == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe", b"[" * 100_000, b'{"text": "\\ud800"}']
)
def test_a_body_that_is_no_json_object_is_the_askers_mistake(anyone, program, body):
    response = anyone.post(
        "/api/v1/letters/l1/endorsements", data=body, headers={**program, "Content-Type": "application/json"}
    )

    assert response.status_code == 400


def test_a_json_body_over_the_limit_is_too_large(anyone, program):
    response = anyone.post("/api/v1/letters/l1/endorsements", json={"text": "ก" * 1_000_000}, headers=program)

    assert (response.status_code, response.json["code"]) == (413, "http.413")


def test_an_unknown_address_and_a_wrong_method_are_problems_too(anyone):
    nowhere = anyone.get("/api/v1/nowhere")
    wrong = anyone.delete("/api/v1/inbox")

    assert (nowhere.status_code, nowhere.json["code"]) == (404, "http.404")
    assert (wrong.status_code, wrong.json["code"]) == (405, "http.405")
    assert "GET" in wrong.headers["Allow"]


def test_a_surprise_tells_an_id_and_nothing_of_the_inside(anyone, services):
    services.answers["registry", "letter"] = RuntimeError("password of the database")

    response = anyone.get("/api/v1/letters/l1", headers={**ME, "X-Request-ID": "flood-42"})

    assert response.status_code == 500
    assert response.json["correlation_id"] == "flood-42"
    assert "password" not in response.text
    assert "Traceback" not in response.text


def test_people_see_a_page_and_programs_json(app, anyone):
    problems.show_problems_with(app, lambda problem: Response(f"<h1>{problem.th}</h1>", status=problem.status))

    page = anyone.get("/nowhere")
    answer = anyone.get("/api/v1/nowhere")

    assert page.mimetype == "text/html"
    assert answer.mimetype == "application/problem+json"


def test_every_kind_of_problem_is_listed_with_both_languages_and_its_status(anyone):
    rows = anyone.get("/api/v1/problems").json["rows"]

    kinds = {row["code"]: row for row in rows}
    assert kinds["accounts.csrf"]["status"] == 403
    assert all(row["th"] and row["en"] and row["when"] for row in rows)
