from __future__ import annotations

import resource

import pytest

from saraban.broker import http

UNLIMITED = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("limits", "raised_to", "expected"),
    [
        ((256, 256), 256, 192),
        ((1024, 4096), 4096, 3072),
        ((1024, UNLIMITED), 16384, 8192),
        ((1_000_000, 1_000_000), None, 8192),
        ((UNLIMITED, UNLIMITED), None, 8192),
    ],
)
def test_connections_leave_room_for_other_files(monkeypatch, limits, raised_to, expected):
    told = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits)
    monkeypatch.setattr(resource, "setrlimit", lambda _, limit: told.append(limit[0]))

    room = http.room()

    assert room == expected
    assert told == ([] if raised_to is None else [raised_to])
