from __future__ import annotations

import pytest

URL = "/api/v1/letters/l1/closing"
BODY = {"reason": "ดำเนินการครบถ้วนแล้ว"}


def command_ids(services):
    return [arguments["command_id"] for _, _, arguments in services.calls if "command_id" in arguments]


def test_an_act_sent_again_with_its_key_is_the_same_command(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)
    anyone.post(URL, json=BODY, headers=program)

    first, second = command_ids(services)
    assert first == second
    assert first.startswith("somying:letter-of-the-flood:")


def test_another_key_is_another_command(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)
    anyone.post(URL, json=BODY, headers={**program, "Idempotency-Key": "another"})

    first, second = command_ids(services)
    assert first != second


def test_a_key_used_again_for_something_else_is_a_conflict(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)

    response = anyone.post(URL, json={"reason": "เรื่องซ้ำ"}, headers=program)

    assert (response.status_code, response.json["code"]) == (409, "request.idempotency_key_reused")
    assert len(command_ids(services)) == 1


def test_the_key_of_an_act_that_failed_may_be_used_for_its_correction(anyone, services, program):
    from saraban.contracts.errors import Invalid

    services.answers["registry", "close"] = Invalid({"reason": "สั้นเกินไป"})
    anyone.post(URL, json={"reason": "ก"}, headers=program)
    del services.answers["registry", "close"]

    response = anyone.post(URL, json=BODY, headers=program)

    assert response.status_code == 200


def test_two_officers_may_use_the_same_key(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)

    response = anyone.post(
        URL, json={"reason": "เรื่องซ้ำ"}, headers={**program, "Authorization": "Bearer administrator-token"}
    )

    assert response.status_code == 200


def test_an_act_without_a_key_is_refused_with_a_sentence_that_says_what_to_send(anyone, services, program):
    del program["Idempotency-Key"]

    response = anyone.post(URL, json=BODY, headers=program)

    assert (response.status_code, response.json["code"]) == (400, "request.idempotency_key_missing")
    assert "Idempotency-Key" in response.json["en"]
    assert command_ids(services) == []


@pytest.mark.parametrize("key", ["x" * 201, "has space", "ก".encode().decode("latin-1")])
def test_a_key_of_the_wrong_form_is_refused(anyone, program, key):
    response = anyone.post(URL, json=BODY, headers={**program, "Idempotency-Key": key})

    assert (response.status_code, response.json["code"]) == (400, "request.idempotency_key_not_valid")


def test_a_password_never_shows_in_the_id_of_a_command(anyone, services, program):
    officer = {
        "officer_id": "wichai",
        "login": "wichai",
        "name": "นายวิชัย",
        "title": "นิติกร",
        "unit_id": "legal",
        "roles": ["officer"],
    }

    anyone.post("/api/v1/organisation/officers", json={**officer, "password": "หนึ่ง"}, headers=program)
    anyone.post("/api/v1/organisation/officers", json={**officer, "password": "สอง"}, headers=program)

    first, second = command_ids(services)
    assert first == second
