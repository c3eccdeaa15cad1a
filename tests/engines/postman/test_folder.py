"""What only the folder knows: its files."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from saraban.contracts.errors.log import StoreFull
from saraban.engines.postman.folder import FolderPostman

OURS, THEIRS = "ksp@saraban.mail.go.th", "saraban@obec.go.th"


def test_the_envelope_stands_on_top_of_the_mail(tmp_path: Path) -> None:
    postman = FolderPostman(tmp_path)

    name = postman.hand_over("delivery:flood-1", OURS, [THEIRS, "b@moe.go.th"], b"Subject: x\r\n\r\n")

    assert (tmp_path / name).read_bytes() == (
        b"Return-Path: <ksp@saraban.mail.go.th>\r\nX-Envelope-To: saraban@obec.go.th, b@moe.go.th\r\nSubject: x\r\n\r\n"
    )


def test_a_key_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    postman = FolderPostman(tmp_path / "out")

    name = postman.hand_over("../../etc/passwd", OURS, [THEIRS], b"x")

    assert (tmp_path / "out" / name).is_file()
    assert "/" not in name


def test_what_a_killed_process_left_half_written_is_no_mail(tmp_path: Path) -> None:
    FolderPostman(tmp_path)
    (tmp_path / ".writing" / "half").write_bytes(b"Subject: ha")

    FolderPostman(tmp_path)

    assert list(tmp_path.rglob("*.*ml")) == []
    assert list((tmp_path / ".writing").iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    postman = FolderPostman(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(StoreFull):
            postman.hand_over("delivery:flood-1", OURS, [THEIRS], b"x")

    assert list(tmp_path.glob("*.eml")) == []
    assert postman.hand_over("delivery:flood-1", OURS, [THEIRS], b"x")
