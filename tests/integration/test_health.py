"""The small listener of a process, on a running system."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.local.ports import free_port
from tests.house import LOGIN_PASSWORD, House, until


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    port = free_port()
    with House(tmp_path_factory.mktemp("health"), demo=False, extra={"SARABAN_HEALTH_PORT": str(port)}) as running:
        running.health_port = port
        yield running


def ask(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_listener_tells_that_all_services_of_the_process_are_ready(house):
    status, body = ask(house.health_port, "/readyz")

    services = {"registry", "intake", "routing", "search", "mail", "portal"}
    assert status == 200, body
    assert json.loads(body) == {"ready": True, "services": dict.fromkeys(services, True), "missing": []}


def test_the_portal_s_own_port_tells_a_stranger_only_that_it_is_ready(house):
    alive, ready, (closed, _) = (ask(house.port, path) for path in ("/healthz", "/readyz", "/metrics"))

    assert alive == (200, '{"alive":true}')
    assert ready == (200, '{"ready":true}')
    assert closed == 401


def test_it_listens_on_loopback_alone_unless_told_otherwise(house):
    with socket.socket() as probe:
        probe.settimeout(2)
        refused = probe.connect_ex((socket.gethostbyname(socket.gethostname()), house.health_port))

    assert refused or socket.gethostbyname(socket.gethostname()).startswith("127.")


def test_a_port_that_is_taken_is_told_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        second = House(tmp_path, demo=False, extra={"SARABAN_HEALTH_PORT": str(taken.getsockname()[1])})

        done = second.command("serve", "--json")

    assert done.returncode == 2
    assert json.loads(done.stderr.splitlines()[-1])["code"] == "port.taken"


SECRET_WORDS = "แผนเคลื่อนย้ายคลังอาวุธ"


def test_one_letter_can_be_followed_through_all_services_and_none_of_its_words_is_in_the_journal(tmp_path):
    extra = {"SARABAN_LOG_LEVEL": "DEBUG", "SARABAN_SECRET": "the-key-of-all-tickets"}
    with House(tmp_path, extra=extra) as house:
        clerk = house.client(house.token("somsri"))
        letter = clerk.did(
            "POST",
            "/letters",
            {"particulars": {"subject": SECRET_WORDS, "secrecy": "confidential"}, "files": []},
            headers={"X-Request-ID": "follow-this-letter"},
        )
        until(lambda: services_that_followed(house) == {"registry", "intake", "routing", "search", "mail"})
        journal = house.journal()

    lines = [json.loads(line) for line in journal.splitlines()]
    mine = [line for line in lines if line.get("correlation_id") == "follow-this-letter"]
    assert {"portal", "registry", "intake", "routing", "search", "mail"} == {line["service"] for line in mine}
    assert any(f"letter:{letter['letter_id']}" in line.get("streams", ()) for line in mine)
    assert {line["service"] for line in lines} - {"saraban"} <= {line["service"] for line in mine}
    assert not any(words in journal for words in (SECRET_WORDS, "the-key-of-all-tickets", clerk.token, LOGIN_PASSWORD))


def services_that_followed(house):
    lines = (json.loads(line) for line in house.journal().splitlines() if "follow-this-letter" in line)
    return {line["service"] for line in lines if line["event"] == "followed"}


def test_the_figures_tell_how_far_log_views_and_mail_are(house):
    status, body = ask(house.health_port, "/metrics")

    told = {one.name: one for family in text_string_to_metric_families(body) for one in family.samples}
    assert status == 200
    assert {"saraban_ready", "saraban_log_position", "saraban_view_position", "saraban_view_lag_commits"} <= set(told)
    assert {"saraban_queue_messages", "saraban_parked", "saraban_mail_outbox", "saraban_disk_free_bytes"} <= set(told)
    assert told["saraban_mail_checked_timestamp_seconds"].value > 0


def backed_up_at(house):
    _, body = ask(house.health_port, "/metrics")
    figures = {one.name: one.value for family in text_string_to_metric_families(body) for one in family.samples}
    return figures["saraban_backup_timestamp_seconds"], figures["saraban_backup_missing_files"]


def test_the_figures_tell_when_the_system_was_last_backed_up(house, tmp_path):
    never = backed_up_at(house)

    house.told("backup", str(tmp_path / "backup"))

    assert never == (0, 0)
    until(lambda: backed_up_at(house)[0] > 1_700_000_000)


def test_the_doctor_finds_nothing_wrong_with_a_running_system_and_disturbs_nothing(house):
    done = house.command("doctor", "--json")

    findings = json.loads(done.stdout)
    assert done.returncode == 0, [one for one in findings if one["level"] == "wrong"]
    assert {one["look"] for one in findings} >= {"settings", "folder", "assets", "log", "objects", "broker", "services"}


def test_a_setting_that_cannot_be_read_is_told_without_its_value(tmp_path):
    house = House(tmp_path, demo=False, extra={"SARABAN_SWEEP_SECONDS": "hunter2"})

    done = house.command("doctor")

    assert done.returncode == 2
    assert "SARABAN_SWEEP_SECONDS" in done.stderr
    assert "hunter2" not in done.stderr


def test_a_command_that_starts_services_itself_answers_nothing_but_its_json(tmp_path):
    assert House(tmp_path, demo=False).told("parked", "list") == []
