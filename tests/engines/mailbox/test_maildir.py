"""What only a Maildir knows: file names, files on their way, the folder of what is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from saraban.contracts.errors.mail import MailGone
from saraban.engines.mailbox.maildir import MaildirMailbox


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def box(tmp_path: Path, watch: Watch) -> MaildirMailbox:
    return MaildirMailbox(tmp_path, settle_seconds=1.0, clock=watch)


def taken(box: MaildirMailbox, watch: Watch) -> list[bytes]:
    box.waiting(100)
    watch.seconds += 1.0
    return [box.fetch(uid, 1000).raw for uid in box.waiting(100)]


def test_a_mail_that_a_mail_server_renamed_into_place_is_taken_at_the_first_look(
    box: MaildirMailbox, tmp_path: Path
) -> None:
    (tmp_path / "new" / "1700000000.M1P2Q3.host").write_bytes(b"a letter")

    assert len(box.waiting(10)) == 1


@pytest.mark.parametrize(
    "name", ["something.eml", "หนังสือ สพฐ. 100%.eml", "a:b,c", "-rf", "2569.11.23.eml", "a" * 255, "no extension"]
)
def test_a_file_with_any_name_is_a_mail(box: MaildirMailbox, watch: Watch, tmp_path: Path, name: str) -> None:
    (tmp_path / "new" / name).write_bytes(b"a letter")

    assert taken(box, watch) == [b"a letter"]


def test_a_file_with_a_name_that_is_no_text_is_a_mail(box: MaildirMailbox, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "new" / os.fsdecode(b"\xcb\xb9\xd1.eml")).write_bytes(b"a letter")

    assert taken(box, watch) == [b"a letter"]
    (uid,) = box.waiting(10)
    assert uid.isascii()


def test_a_dropped_file_is_left_alone_at_the_first_look(box: MaildirMailbox, tmp_path: Path) -> None:
    (tmp_path / "new" / "something.eml").write_bytes(b"a let")

    assert box.waiting(10) == []


def test_a_file_that_still_grows_is_taken_only_when_it_stands_still(
    box: MaildirMailbox, watch: Watch, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "something.eml"
    path.write_bytes(b"a let")
    box.waiting(10)
    watch.seconds += 1.0
    with path.open("ab") as file:
        file.write(b"ter")

    assert box.waiting(10) == []

    watch.seconds += 0.9
    assert box.waiting(10) == []

    watch.seconds += 0.1
    (uid,) = box.waiting(10)
    assert box.fetch(uid, 1000).raw == b"a letter"


def test_folders_links_and_hidden_files_are_no_mails(box: MaildirMailbox, watch: Watch, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"the operator's secrets")
    (tmp_path / "new" / "folder").mkdir()
    (tmp_path / "new" / ".hidden.swp").write_bytes(b"half a letter")
    (tmp_path / "new" / "link.eml").symlink_to(outside)

    assert taken(box, watch) == []
    with pytest.raises(MailGone):
        box.fetch("link.eml", 1000)


@pytest.mark.parametrize("uid", ["..%2Foutside.txt", "..", "", "%00"])
def test_a_uid_never_leads_out_of_the_mailbox(box: MaildirMailbox, tmp_path: Path, uid: str) -> None:
    (tmp_path / "outside.txt").write_bytes(b"the operator's secrets")

    with pytest.raises(MailGone):
        box.open(uid)


def test_what_is_done_lies_in_cur_marked_as_seen(box: MaildirMailbox, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "new" / "something.eml").write_bytes(b"a letter")
    taken(box, watch)

    box.done("something.eml")

    assert [path.name for path in (tmp_path / "cur").iterdir()] == ["something.eml:2,S"]
    assert list((tmp_path / "new").iterdir()) == []


def test_a_second_mail_of_the_same_name_does_not_overwrite_the_first(
    box: MaildirMailbox, watch: Watch, tmp_path: Path
) -> None:
    for content in (b"the first", b"the second", b"the third"):
        (tmp_path / "new" / "something.eml").write_bytes(content)
        taken(box, watch)
        box.done("something.eml")

    assert sorted(path.read_bytes() for path in (tmp_path / "cur").iterdir()) == [
        b"the first",
        b"the second",
        b"the third",
    ]


def test_being_done_that_was_cut_short_is_finished_later(box: MaildirMailbox, watch: Watch, tmp_path: Path) -> None:
    path = tmp_path / "new" / "something.eml"
    path.write_bytes(b"a letter")
    (tmp_path / "cur" / "something.eml:2,S").hardlink_to(path)

    box.done("something.eml")

    assert [kept.read_bytes() for kept in (tmp_path / "cur").iterdir()] == [b"a letter"]
    assert not path.exists()


def test_a_longest_possible_name_can_be_done(box: MaildirMailbox, watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "new" / ("n" * 255)).write_bytes(b"a letter")
    taken(box, watch)

    box.done("n" * 255)

    assert [kept.name[-4:] for kept in (tmp_path / "cur").iterdir()] == [":2,S"]
