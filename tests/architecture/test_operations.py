"""The alarms, the figures and the operator's page tell of the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

import portal.health  # noqa: F401 - its figures register themselves
from saraban.contracts.codec import load_events
from saraban.contracts.events import WIRE
from saraban.health.needs import TOLD
from saraban.metrics import GAUGES

ROOT = Path(__file__).parents[2]
ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"][0]["rules"]
PAGE = (ROOT / "docs/operations.md").read_text()
FIGURE = re.compile(r"\bsaraban_[a-z_]+")
PARTS = re.compile(r"_(bucket|count|sum)$")


def known_figures():
    made = {family.name for family in REGISTRY.collect()} | {f"{family.name}_total" for family in REGISTRY.collect()}
    return {*GAUGES, *made}


def test_every_alarm_has_its_heading_and_every_heading_its_alarm():
    section = PAGE.split("## When an alarm rings")[1]

    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == [rule["alert"] for rule in ALERTS]


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_an_alarm_watches_figures_that_there_are_and_speaks_thai_and_english(rule):
    figures = {PARTS.sub("", name) for name in FIGURE.findall(rule["expr"])}

    assert figures
    assert figures <= known_figures()
    assert re.search("[ก-๙]", rule["annotations"]["summary_th"])
    assert rule["annotations"]["summary"].isascii()


def test_every_figure_of_the_house_has_an_alarm_or_is_named_on_the_page():
    watched = {name for rule in ALERTS for name in FIGURE.findall(rule["expr"])}

    assert set(GAUGES) - watched <= {"saraban_view_position"}


def test_the_page_names_only_figures_that_there_are():
    assert {PARTS.sub("", name) for name in FIGURE.findall(PAGE)} <= known_figures()


def test_every_need_has_its_line_on_the_page():
    needs = set(TOLD) - {"start", "service"}

    assert all(f"`{need}`" in PAGE for need in needs)


def test_the_events_that_alarms_count_exist():
    load_events()
    counted = {name for rule in ALERTS for name in re.findall(r'type="([^"]+)"', rule["expr"])}

    assert counted <= set(WIRE)
