from __future__ import annotations

import threading

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from saraban.health.gathering import Gathering
from saraban.metrics import GAUGES, Figure, Figures


def told(figures: Figures) -> dict[tuple[str, ...], float]:
    registry = CollectorRegistry()
    registry.register(figures)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def position(service: str, value: float) -> Figure:
    return Figure(name="saraban_view_position", labels=[service], value=value)


def test_the_figures_of_all_services_of_a_process_stand_in_one_family():
    figures = Figures()
    figures.add(lambda: [position("routing", 7)])
    figures.add(lambda: [position("search", 5)])

    values = told(figures)

    assert values == {("saraban_view_position", "routing"): 7, ("saraban_view_position", "search"): 5}


def test_a_service_that_has_ended_gives_no_figures_any_more():
    def source() -> list[Figure]:
        return [position("routing", 7)]

    figures = Figures()
    figures.add(source)

    figures.remove(source)

    assert told(figures) == {}


def test_what_cannot_be_looked_up_leaves_a_gap_and_costs_nothing_else():
    def away() -> list[Figure]:
        raise ConnectionRefusedError

    gathering = Gathering("routing", {"queues": away, "views": lambda: [position("routing", 7)]})

    assert gathering.figures() == [position("routing", 7)]


def test_many_scrapes_at_once_look_up_once():
    looked = []
    gathering = Gathering("routing", {"views": lambda: looked.append(1) or [position("routing", 7)]})
    scrapers = [threading.Thread(target=gathering.figures) for _ in range(20)]

    for one in scrapers:
        one.start()
    for one in scrapers:
        one.join()

    assert len(looked) == 1


def test_no_label_can_hold_anything_of_a_letter():
    labels = {label for _, labels in GAUGES.values() for label in labels}

    assert labels == {"service", "need", "queue"}
