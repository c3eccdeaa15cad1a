from __future__ import annotations

import json
import logging
import sys
from datetime import datetime

import pytest
import structlog
from structlog.contextvars import bound_contextvars, clear_contextvars

from saraban.journal import journal, journalled


@pytest.fixture
def lines(capsys):
    """The journal's lines, decoded; what is set up for them is undone afterwards."""
    clear_contextvars()
    root = logging.getLogger()
    before = list(root.handlers), root.level
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    structlog.reset_defaults()
    root.handlers[:], _ = before
    root.setLevel(before[1])


def test_a_line_names_the_service_and_the_ids_at_work(lines):
    with journalled(service="routing"), bound_contextvars(correlation_id="c1", command_id="k1", letter_id="l1"):
        journal("test").info("parked", stream="letter:l1")

    (line,) = lines()
    assert {
        name: line[name] for name in ("service", "correlation_id", "command_id", "letter_id", "event", "level")
    } == {
        "service": "routing",
        "correlation_id": "c1",
        "command_id": "k1",
        "letter_id": "l1",
        "event": "parked",
        "level": "info",
    }


def test_other_libraries_and_stray_prints_become_lines_of_json_too(lines):
    with journalled(service="routing"):
        logging.getLogger("kombu").warning("lost amqp://saraban:%s@rabbit", "hunter2")
        print("Traceback of a green thread", file=sys.stderr)

    library, stray = lines()
    assert (library["logger"], library["event"]) == ("kombu", "lost amqp://***@rabbit")
    assert stray["text"] == "Traceback of a green thread"


def test_an_error_is_told_by_its_place_without_the_words_of_a_letter(lines):
    with journalled():
        try:
            datetime.fromisoformat("เรื่อง แผนลับ")
        except ValueError:
            journal("test").exception("failed")

    (line,) = lines()
    assert "test_journal.py" in line["exception"]
    assert "ValueError" in line["exception"]
    assert "แผนลับ" not in line["exception"]


def test_what_is_below_the_level_is_not_written(lines):
    with journalled(level="WARNING"):
        journal("test").info("done")

    assert lines() == []
