from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from saraban import wiring
from saraban.backed_up import KEY, TABLE, LastBackup, note
from saraban.contracts.commit import Commit
from saraban.contracts.errors.broker import ServiceAway
from saraban.doctor import Finding, Level, Patient, examine
from saraban.doctor import folders as rooms
from saraban.engines.event_store.sqlite import SqliteEventStore
from saraban.settings import Settings
from tests.engines.event_store.letters import arrived, draft

NOTE = (TABLE, KEY)
WELL = {"ready": True, "missing": [], "position": 1}


class Services:
    """Services that are well, up to `answers`."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers

    def call(self, service, method, *, timeout=10.0, **_):
        answer = self.answers.get(
            f"{service}_{method}", {"head": {"position": 1}, "ready": WELL, "parked_list": []}[method]
        )
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def settings(tmp_path):
    """A system on one machine with one letter."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    chosen = Settings(data_folder=folder)
    with closing(SqliteEventStore(folder / "log.db")) as store:
        (outcome,) = store.append([draft(arrived())])
        assert isinstance(outcome, Commit)
    backed_up(chosen, datetime.now(UTC))
    return chosen


def backed_up(settings: Settings, at: datetime, missing: int = 0) -> None:
    with closing(wiring.views(settings, "registry")) as views:
        note(views, LastBackup(at=at, position=1, missing=missing))


def found(settings: Settings, services: object = None, **environment: str) -> list[Finding]:
    patient = Patient(settings=settings, environment=environment, services=services or Services())
    return [one for one in examine(patient) if one.level is not Level.WELL]


def changed(settings: Settings, **named: object) -> Settings:
    return Settings(**{**settings.model_dump(), **named})


def test_nothing_is_found_in_a_sound_system(settings):
    assert found(settings) == []


@pytest.mark.parametrize(("days", "missing", "said"), [(2, 0, "The last backup is of"), (0, 3, "lacks 3 files")])
def test_a_backup_that_is_old_or_lacks_files_is_found(settings, days, missing, said):
    backed_up(settings, datetime.now(UTC) - timedelta(days=days), missing)

    (one,) = found(settings)

    assert (one.look, one.level) == ("backup", Level.WRONG)
    assert said in one.en


def test_a_system_that_was_never_backed_up_is_told_so(settings):
    with closing(wiring.views(settings, "registry")) as views:
        views.delete_record(*NOTE)

    (one,) = found(settings)

    assert (one.look, one.level) == ("backup", Level.NOTICE)


def test_every_finding_says_what_to_do_in_thai_and_english(settings):
    sick = Services(mail_ready=ServiceAway({"what": "mail"}), search_parked_list=[{"key": "stream:letter:1"}])

    findings = found(settings, sick, SARABAN_DATAFOLDER="x")

    assert len(findings) == 3
    assert all(one.th and one.en and one.todo_th and one.todo_en for one in findings)


def test_a_misspelt_setting_is_named(settings):
    (finding,) = found(settings, SARABAN_DATA_FOLDR="/srv")

    assert "SARABAN_DATA_FOLDR" in finding.en


def test_engines_of_one_machine_do_not_go_with_a_shared_broker(settings):
    shared = changed(settings, broker="amqp://saraban:hunter2@127.0.0.1:1//", secret="s" * 40)

    findings = found(shared)

    alone = [one.en for one in findings if "one machine alone" in one.en]
    assert len(alone) == 4
    assert "hunter2" not in str(findings)


def test_a_broker_that_is_away_is_told_without_its_password(settings):
    away = changed(settings, broker="amqp://saraban:hunter2@127.0.0.1:1//", secret="s" * 40)

    (finding,) = [one for one in found(away) if one.look == "broker"]

    assert "cannot be reached" in finding.en
    assert "hunter2" not in str(finding)


def test_an_open_portal_without_https_is_told(settings):
    (finding,) = found(changed(settings, host="0.0.0.0"))

    assert "HTTPS" in finding.todo_en


def test_a_changed_commit_is_found(settings):
    with sqlite3.connect(settings.data_folder / "log.db") as db:
        db.execute("UPDATE events SET data = '{}'")
    db.close()

    (finding,) = found(settings)

    assert "Position 1" in finding.en
    assert finding.level is Level.WRONG


def test_a_log_without_its_guards_is_found(settings):
    with sqlite3.connect(settings.data_folder / "log.db") as db:
        db.execute("DROP INDEX one_event_per_version")
    db.close()

    (finding,) = found(settings)

    assert "one_event_per_version" in finding.en


def test_a_missing_typeface_is_named(settings, tmp_path):
    findings = found(changed(settings, assets_folder=tmp_path))

    assert [one.look for one in findings] == ["assets"] * len(rooms.INSTALLED)
    assert "npm ci" in findings[0].todo_en


def test_a_full_disk_is_told_before_it_is_full(settings, monkeypatch):
    monkeypatch.setattr(rooms, "ROOM", 10**18)

    (finding,) = found(settings)

    assert "GB" in finding.en


def test_a_service_that_misses_something_tells_since_when(settings):
    missing = {"what": "index", "since": "2026-11-23T02:00:00Z", "code": "unavailable", "th": "ดัชนีไม่ตอบ", "en": "Away."}

    (finding,) = found(settings, Services(search_ready={"ready": False, "missing": [missing], "position": 1}))

    assert "2026-11-23T02:00:00Z" in finding.en


def test_a_view_far_behind_is_told(settings):
    (finding,) = found(
        settings,
        Services(
            registry_head={"position": 1000},
            **{f"{name}_ready": {**WELL, "position": 1000} for name in ("registry", "intake", "search", "mail")},
        ),
    )

    assert "routing are 999 commits behind" in finding.en


def test_a_system_that_does_not_run_is_no_fault(settings):
    findings = examine(Patient(settings=settings, environment={}, services=None))

    assert [(one.look, one.level) for one in findings if one.level is not Level.WELL] == [("services", Level.NOTICE)]
