"""The secrets of a deployment are fresh, long, and not overwritten."""

from __future__ import annotations

import stat

import pytest

from deploy.docker.environment import environment, write

PLAIN = {"PORTAL_PORT", "PORTAL_PROXIES", "PORTAL_SECURE_COOKIES"}


def values(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines() if not line.startswith("#"))


def test_no_two_deployments_share_a_secret():
    first, second = values(environment()), values(environment())

    assert {name for name in first if first[name] == second[name]} == PLAIN


def test_a_secret_is_long_and_needs_no_quoting():
    made = {name: value for name, value in values(environment()).items() if name not in PLAIN}

    assert all(len(value) >= 32 and value.isalnum() for value in made.values())


def test_the_key_of_the_replica_set_is_of_a_length_that_mongodb_takes():
    assert 6 <= len(values(environment())["MONGODB_KEY"]) <= 1024


def test_only_its_owner_may_read_the_file(tmp_path):
    write(tmp_path / ".env")

    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    (tmp_path / ".env").write_text("kept")

    with pytest.raises(FileExistsError):
        write(tmp_path / ".env")

    assert (tmp_path / ".env").read_text() == "kept"
