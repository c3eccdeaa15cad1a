"""Every wire form that ever was on a log still reads. The recorded files are never changed, only added to."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from saraban.contracts import codec
from saraban.contracts.events import WIRE

RECORDED = Path(__file__).parent / "recorded"
FILES = sorted(RECORDED.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_recorded_event_still_reads(path):
    recorded = json.loads(path.read_text())

    event = codec.decode(recorded["type"], recorded["type_version"], recorded["data"])

    assert type(event) is WIRE[recorded["type"]][0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_current_event_is_written_as_it_was_recorded(path):
    recorded = json.loads(path.read_text())
    codec.load_events()
    if WIRE[recorded["type"]][1] != recorded["type_version"]:
        return

    event = codec.decode(recorded["type"], recorded["type_version"], recorded["data"])

    assert json.loads(msgspec.json.encode(event)) == recorded["data"]


def test_every_event_has_been_recorded():
    codec.load_events()

    recorded = {(one["type"], one["type_version"]) for one in map(json.loads, (path.read_text() for path in FILES))}

    assert recorded == {(name, version) for name, (_, version) in WIRE.items()} | recorded


def test_an_event_of_a_later_release_is_passed_over():
    assert codec.decode("letter.teleported", 1, {}) is None
