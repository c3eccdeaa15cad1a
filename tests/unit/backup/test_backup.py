from __future__ import annotations

import io
import json
import os
from datetime import timedelta

import pytest

from saraban.backed_up import LastBackup, last_backup
from saraban.backup import restore, take
from saraban.backup.folder import Folder
from saraban.backup.taking import PAGE
from saraban.contracts.errors.backup import (
    BackupDamaged,
    BackupOfAnotherLog,
    BackupRunning,
    NotABackup,
    RestoreDisturbed,
    SystemNotEmpty,
)
from saraban.holding import held_before
from tests.unit.backup.agency import ACCOUNT, NINE, Agency


@pytest.fixture
def agency():
    living = Agency()
    living.receive()
    living.receive(b"%PDF-1.7 budget")
    living.open_account()
    return living


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "backup")


def restored(folder: Folder) -> Agency:
    fresh = Agency()
    restore(fresh.system, folder, NINE)
    return fresh


def test_a_restored_system_has_the_same_log_files_and_accounts(agency, folder):
    take(agency.system, folder, NINE)

    fresh = restored(folder)

    assert fresh.commits() == agency.commits()
    assert fresh.system.log.head() == agency.system.log.head()
    assert list(fresh.system.objects.keys()) == list(agency.system.objects.keys())
    assert fresh.system.records_of("registry").record("credentials", "somsri") == ACCOUNT


def test_a_second_backup_adds_only_what_is_new(agency, folder):
    take(agency.system, folder, NINE)
    before = {path: path.stat().st_ino for path in folder.root.rglob("*") if path.name != "backup.json"}
    agency.receive(b"%PDF-1.7 transport")

    taken = take(agency.system, folder, NINE)

    assert (taken.commits, taken.objects) == (2, 1)
    assert {path: path.stat().st_ino for path in before} == before
    assert restored(folder).commits() == agency.commits()


def test_a_backup_of_nothing_new_changes_nothing_but_its_date(agency, folder):
    take(agency.system, folder, NINE)

    taken = take(agency.system, folder, NINE)

    assert (taken.position, taken.commits, taken.objects) == (4, 0, 0)


def test_a_log_of_many_pages_is_whole(folder):
    agency = Agency()
    for _ in range(PAGE):
        agency.receive()
    agency.receive(b"%PDF-1.7 last")

    take(agency.system, folder, NINE)

    assert restored(folder).commits() == agency.commits()


def test_what_was_revoked_is_gone_from_the_next_backup(agency, folder):
    agency.open_account("prasert")
    take(agency.system, folder, NINE)
    agency.system.records_of("registry").delete_record("credentials", "prasert")

    take(agency.system, folder, NINE)

    assert restored(folder).system.records_of("registry").record("credentials", "prasert") is None


def test_sessions_do_not_come_back(agency, folder):
    agency.system.records_of("registry").put_record("sessions", "digest", {"officer_id": "somsri"})
    take(agency.system, folder, NINE)

    assert restored(folder).system.records_of("registry").records("sessions") == []


def test_commits_made_while_a_backup_runs_are_left_to_the_next_one(agency, folder):
    store, late = agency.system.objects, []
    opened = store.open

    def open_and_receive(key: str, start: int = 0):
        if not late:
            late.append(agency.receive(b"%PDF-1.7 meanwhile"))
        return opened(key, start)

    store.open = open_and_receive

    taken = take(agency.system, folder, NINE)

    assert taken.position == 4
    assert not folder.object_path(late[0]).exists()
    assert len(restored(folder).commits()) == 4


def test_a_file_that_the_store_lost_is_named_and_the_rest_is_kept(agency, folder):
    lost = agency.receive(b"%PDF-1.7 lost", with_file=False)

    taken = take(agency.system, folder, NINE)
    fresh = Agency()
    told = restore(fresh.system, folder, NINE)

    assert taken.missing == told.missing == (lost,)
    assert fresh.commits() == agency.commits()


def test_a_file_that_comes_back_is_taken_by_the_next_backup(agency, folder):
    lost = agency.receive(b"%PDF-1.7 lost", with_file=False)
    take(agency.system, folder, NINE)
    agency.system.objects.put(lost, io.BytesIO(b"%PDF-1.7 lost"))

    taken = take(agency.system, folder, NINE)

    assert taken.missing == ()
    assert folder.object_path(lost).read_bytes() == b"%PDF-1.7 lost"


def test_a_file_damaged_in_the_store_is_not_taken_for_whole(agency, folder):
    (damaged, *_) = agency.system.objects.keys()
    agency.system.objects.open = lambda key, start=0: io.BytesIO(b"something else")

    taken = take(agency.system, folder, NINE)

    assert damaged in taken.missing
    assert not folder.object_path(damaged).exists()


def test_mails_that_nobody_had_taken_in_wait_again(agency, folder):
    agency.mailbox.deliver(b"Subject: flood\r\n\r\n")
    take(agency.system, folder, NINE)

    assert restored(folder).delivered == [b"Subject: flood\r\n\r\n"]


def test_mail_asked_for_before_the_restore_is_held(agency, folder):
    take(agency.system, folder, NINE)

    fresh = restored(folder)

    assert held_before(fresh.system.records_of("mail")) == ("2026-11-23T09:00:00.000000+00:00", frozenset())


@pytest.mark.parametrize("part", ["log/*.jsonl", "objects/*/*", "records/registry/credentials/*/*", "mail/waiting/*"])
def test_a_damaged_part_is_found_before_anything_is_written_to_the_log(agency, folder, part):
    agency.mailbox.deliver(b"Subject: flood\r\n\r\n")
    take(agency.system, folder, NINE)
    damaged = next(iter(folder.root.glob(part)))
    damaged.write_bytes(damaged.read_bytes().replace(b"f", b"g"))
    fresh = Agency()

    with pytest.raises(BackupDamaged):
        restore(fresh.system, folder, NINE)

    assert fresh.commits() == []


def test_a_lost_file_is_found_before_anything_is_written_to_the_log(agency, folder):
    take(agency.system, folder, NINE)
    next(iter(folder.root.glob("objects/*/*"))).unlink()
    fresh = Agency()

    with pytest.raises(BackupDamaged):
        restore(fresh.system, folder, NINE)

    assert fresh.commits() == []


def test_a_chain_that_was_written_anew_is_found_though_the_file_is_whole(agency, folder):
    take(agency.system, folder, NINE)
    manifest = json.loads((folder.root / "backup.json").read_text())
    manifest["hash"] = "f" * 64
    (folder.root / "backup.json").write_text(json.dumps(manifest))

    with pytest.raises(BackupDamaged):
        restored(folder)


def test_a_system_that_holds_something_is_left_alone(agency, folder):
    take(agency.system, folder, NINE)
    other = Agency()
    other.open_account()

    for living in (agency, other):
        with pytest.raises(SystemNotEmpty):
            restore(living.system, folder, NINE)


def test_the_folder_of_another_system_is_left_alone(agency, folder):
    take(agency.system, folder, NINE)
    other = Agency()
    for _ in range(4):
        other.receive(b"%PDF-1.7 other")

    with pytest.raises(BackupOfAnotherLog):
        take(other.system, folder, NINE)


def test_a_folder_with_other_things_is_not_written_to(agency, tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"sea")

    with pytest.raises(NotABackup):
        take(agency.system, Folder(tmp_path), NINE)


def test_two_backups_into_one_folder_do_not_mix(agency, folder):
    take(agency.system, folder, NINE)
    before = folder.manifest()
    agency.receive(b"%PDF-1.7 transport")

    with Folder(folder.root).alone(), pytest.raises(BackupRunning) as refused:
        take(agency.system, folder, NINE)

    assert refused.value.detail == {"folder": str(folder.root), "pid": str(os.getpid())}
    assert folder.manifest() == before


def test_a_backup_that_was_killed_holds_its_folder_no_longer(agency, folder):
    with folder.alone():
        pass
    (folder.root / "owner.pid").write_text("4711\n")

    taken = take(agency.system, folder, NINE)

    assert taken.position == agency.system.log.head().position


def test_the_system_remembers_when_it_was_last_backed_up(agency, folder):
    assert last_backup(agency.views["registry"]) is None

    take(agency.system, folder, NINE)

    last = last_backup(agency.views["registry"])
    assert last == LastBackup(at=NINE, position=agency.system.log.head().position, missing=0)
    assert [last.is_old(NINE + timedelta(hours=hours)) for hours in (24, 29)] == [False, True]


def test_a_backup_that_could_not_get_a_file_is_remembered_as_such(agency, folder):
    agency.receive(b"%PDF-1.7 lost", with_file=False)

    take(agency.system, folder, NINE)

    assert last_backup(agency.views["registry"]).missing == 1


def test_a_backup_that_failed_is_no_last_backup(agency, folder):
    take(agency.system, folder, NINE)

    with Folder(folder.root).alone(), pytest.raises(BackupRunning):
        take(agency.system, folder, NINE + timedelta(days=1))

    assert last_backup(agency.views["registry"]).at == NINE


def test_an_empty_folder_cannot_be_restored(folder):
    with pytest.raises(NotABackup):
        restored(folder)


def test_somebody_who_writes_meanwhile_is_noticed(agency, folder):
    take(agency.system, folder, NINE)
    fresh = Agency()
    put = fresh.system.objects.put

    def put_and_write(key, data):
        if not fresh.commits():
            fresh.say("letter:intruder", "letter.arrived")
        return put(key, data)

    fresh.system.objects.put = put_and_write

    with pytest.raises(RestoreDisturbed):
        restore(fresh.system, folder, NINE)
