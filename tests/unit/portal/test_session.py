from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.app import create_app
from portal.session import Recognitions
from saraban.contracts.errors import NotSignedIn, Unavailable
from saraban.settings import Settings
from tests.unit.portal.fakes import CSRF, FakeFiles, RecordingServices

LETTER = "/api/v1/letters/l1/acknowledgement"
KEY = {"Idempotency-Key": "k1"}


def told_at_sign_in(**_):
    services = RecordingServices()
    return {**services.known["clerk"], "token": "clerk", "expires_at": "2026-11-23T12:00:00Z"}


def test_signing_in_gives_a_cookie_that_scripts_cannot_read(anyone, services):
    services.answers["registry", "sign_in"] = told_at_sign_in

    response = anyone.post("/api/v1/sign-in", json={"login": "somying", "password": "ความลับ"})

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("saraban_session=clerk;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert response.json["csrf"] == CSRF
    assert "clerk" not in {response.json.get("token"), response.json["csrf"]}


def test_behind_https_the_cookie_is_secure_and_the_browser_told_to_stay_there(services):
    services.answers["registry", "sign_in"] = told_at_sign_in
    client = create_app(services, Settings(secure_cookies=True), FakeFiles()).test_client()

    response = client.post("/api/v1/sign-in", json={"login": "somying", "password": "ความลับ"})

    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_the_registry_learns_from_where_someone_signs_in(anyone, services):
    services.answers["registry", "sign_in"] = told_at_sign_in

    anyone.post(
        "/api/v1/sign-in",
        json={"login": "somying", "password": "x"},
        environ_overrides={"REMOTE_ADDR": "10.1.2.3"},
        headers={"X-Forwarded-For": "1.1.1.1"},
    )

    assert services.last()[2]["client"] == "10.1.2.3"


def test_a_change_with_the_csrf_header_goes_through(browser, services):
    response = browser.post(LETTER, headers={**KEY, "X-CSRF-Token": CSRF})

    assert response.status_code == 200
    assert services.last()[:2] == ("routing", "acknowledge")


@pytest.mark.parametrize("given", [None, "", "another", "ไม่ใช่", CSRF + " "])
def test_a_change_from_a_browser_without_the_right_csrf_value_is_refused(browser, services, given):
    headers = KEY if given is None else {**KEY, "X-CSRF-Token": given.encode().decode("latin-1")}

    response = browser.post(LETTER, headers=headers)

    assert (response.status_code, response.json["code"]) == (403, "accounts.csrf")
    assert services.count("routing", "acknowledge") == 0


def test_a_form_may_carry_the_csrf_value_in_a_field(browser, services):
    response = browser.post(LETTER, data={"csrf": CSRF, "idempotency_key": "k1"})

    assert response.status_code == 200


def test_a_program_with_a_token_needs_no_csrf_value(anyone):
    response = anyone.post(LETTER, headers={**KEY, "Authorization": "Bearer clerk-token"})

    assert response.status_code == 200


def test_a_bad_token_is_not_saved_by_a_good_cookie(browser):
    response = browser.get("/api/v1/me", headers={"Authorization": "Bearer stolen"})

    assert (response.status_code, response.json["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_sign_in_sent_by_another_site_is_refused(anyone, services, headers):
    response = anyone.post("/api/v1/sign-in", json={"login": "somying", "password": "x"}, headers=headers)

    assert (response.status_code, response.json["code"]) == (403, "request.other_site")
    assert services.calls == []


def test_a_sign_in_from_our_own_page_is_taken(anyone, services):
    services.answers["registry", "sign_in"] = told_at_sign_in

    response = anyone.post(
        "/api/v1/sign-in",
        json={"login": "somying", "password": "x"},
        headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    )

    assert response.status_code == 200


def test_the_registry_is_not_asked_at_every_request_whom_a_token_belongs_to():
    services, now = RecordingServices(), [100.0]
    recognitions = Recognitions(services, seconds=5.0, clock=lambda: now[0])

    for now[0] in (100.0, 102.0, 103.4):
        recognitions.of("clerk")

    assert services.count("registry", "recognise") == 1


def test_of_many_requests_at_once_one_asks_whom_their_token_belongs_to():
    services, all_there = RecordingServices(), threading.Barrier(16)
    answer = services.call

    def slowly(*args, **kwargs):
        threading.Event().wait(0.05)
        return answer(*args, **kwargs)

    services.call = slowly
    recognitions = Recognitions(services)

    def ask(_):
        all_there.wait(20)
        return recognitions.of("clerk").token

    with ThreadPoolExecutor(16) as pool:
        told = list(pool.map(ask, range(16)))

    assert told == ["clerk"] * 16
    assert services.count("registry", "recognise") == 1
    assert recognitions._asking == {}


def test_what_is_soon_too_old_is_asked_anew_by_one_while_the_others_go_on():
    services, now, asked, go_on = RecordingServices(), [100.0], threading.Event(), threading.Event()
    recognitions = Recognitions(services, seconds=5.0, clock=lambda: now[0])
    recognitions.of("clerk")
    answer = services.call

    def slowly(*args, **kwargs):
        asked.set()
        go_on.wait(20)
        return answer(*args, **kwargs)

    services.call = slowly
    now[0] = 104.0
    with ThreadPoolExecutor(1) as pool:
        renewed = pool.submit(recognitions.of, "clerk")
        asked.wait(20)
        others = [recognitions.of("clerk").token for _ in range(5)]
        go_on.set()
        first = renewed.result().token

    now[0] = 107.0
    later = recognitions.of("clerk").token
    assert [first, *others, later] == ["clerk"] * 7
    assert services.count("registry", "recognise") == 2


def test_while_the_registry_is_away_what_is_not_too_old_still_holds():
    services, now = RecordingServices(), [100.0]
    recognitions = Recognitions(services, seconds=5.0, clock=lambda: now[0])
    recognitions.of("clerk")

    def away(*_, **__):
        raise Unavailable({"what": "registry"})

    services.call = away
    now[0] = 104.9
    held = recognitions.of("clerk").token
    now[0] = 105.0

    assert held == "clerk"
    with pytest.raises(Unavailable):
        recognitions.of("clerk")


def test_a_token_that_is_found_revoked_when_it_is_asked_anew_is_out_for_all():
    services, now = RecordingServices(), [100.0]
    recognitions = Recognitions(services, seconds=5.0, clock=lambda: now[0])
    recognitions.of("clerk")
    del services.known["clerk"]

    now[0] = 104.0

    for _ in range(2):
        with pytest.raises(NotSignedIn):
            recognitions.of("clerk")


def test_who_signs_out_while_the_registry_is_asked_is_not_remembered():
    services = RecordingServices()
    recognitions = Recognitions(services)
    answer = services.call

    def sign_out_meanwhile(*args, **kwargs):
        told = answer(*args, **kwargs)
        recognitions.forget("clerk")
        return told

    services.call = sign_out_meanwhile
    recognitions.of("clerk")
    services.call = answer
    del services.known["clerk"]

    with pytest.raises(NotSignedIn):
        recognitions.of("clerk")


def test_after_five_seconds_the_registry_is_asked_anew_and_a_revoked_token_is_out():
    services, now = RecordingServices(), [100.0]
    recognitions = Recognitions(services, seconds=5.0, clock=lambda: now[0])
    recognitions.of("clerk")
    del services.known["clerk"]

    now[0] = 105.0

    with pytest.raises(NotSignedIn):
        recognitions.of("clerk")


def test_the_memory_of_tokens_is_bounded():
    services = RecordingServices()
    services.known = {str(n): services.known["clerk"] for n in range(50)}
    recognitions = Recognitions(services, limit=10)

    for n in range(50):
        recognitions.of(str(n))

    assert len(recognitions._known) <= 10


def test_who_has_signed_out_is_out_at_once(browser, services):
    browser.get("/api/v1/me")

    signed_out = browser.post("/api/v1/sign-out", headers={"X-CSRF-Token": CSRF})
    del services.known["clerk"]
    browser.set_cookie("saraban_session", "clerk")
    after = browser.get("/api/v1/me")

    assert signed_out.status_code == 204
    assert services.count("registry", "sign_out") == 1
    assert after.status_code == 401


def test_revoking_a_token_counts_at_once(anyone, services):
    anyone.get("/api/v1/me", headers={"Authorization": "Bearer clerk-token"})
    del services.known["clerk-token"]

    anyone.delete("/api/v1/tokens/t1", headers={"Authorization": "Bearer administrator-token"})
    after = anyone.get("/api/v1/me", headers={"Authorization": "Bearer clerk-token"})

    assert after.status_code == 401


def test_behind_a_trusted_proxy_the_registry_learns_the_address_that_the_proxy_saw(services):
    services.answers["registry", "sign_in"] = told_at_sign_in
    client = create_app(services, Settings(proxies=1), FakeFiles()).test_client()

    client.post(
        "/api/v1/sign-in",
        json={"login": "somying", "password": "x"},
        environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
        headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9"},
    )

    assert services.last()[2]["client"] == "203.0.113.9"
