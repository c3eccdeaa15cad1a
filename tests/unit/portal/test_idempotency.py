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


def test_another_key_is_another_command(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)
    anyone.post(URL, json=BODY, headers={**program, "Idempotency-Key": "another"})

    first, second = command_ids(services)
    assert first != second


def test_the_same_key_of_two_officers_makes_two_commands(anyone, services, program):
    anyone.post(URL, json=BODY, headers=program)
    anyone.post(URL, json=BODY, headers={**program, "Authorization": "Bearer administrator-token"})

    first, second = command_ids(services)
    assert (first, second) == ("somying:letter-of-the-flood", "prasert:letter-of-the-flood")


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
