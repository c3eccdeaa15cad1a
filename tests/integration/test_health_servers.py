"""Health, figures and the doctor where each service is a process of its own behind a real broker."""

from __future__ import annotations

import json
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.servers import own_server
from tests.town import SERVICES, Town, readiness

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    with (
        own_server("rabbitmq", folder / "rabbitmq") as rabbitmq,
        Town(folder / "data", broker=rabbitmq.address) as all_of_it,
    ):
        yield all_of_it


def figures(process):
    port = process.ports["SARABAN_HEALTH_PORT"]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as response:
        families = text_string_to_metric_families(response.read().decode())
        return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def looked_at(town, look):
    findings = json.loads(town.command("doctor", "--json").stdout)
    return [(one["level"], one["en"]) for one in findings if one["look"] == look]


@pytest.mark.parametrize("service", SERVICES)
def test_every_process_tells_that_it_is_ready(town, service):
    (process,) = town.of(service)

    assert readiness(process) == {"ready": True, "services": {service: True}, "missing": []}


def test_every_process_tells_how_far_its_views_are_and_what_waits_for_it(town):
    (routing,) = town.of("routing")

    told = figures(routing)

    assert told["saraban_view_lag_commits", "routing"] == 0
    assert told["saraban_queue_messages", "rpc-routing"] == 0
    assert ("saraban_queue_messages", "evt-registry-committed--routing.take_commits") in told


def test_the_doctor_names_a_service_that_nobody_runs(town):
    whole = looked_at(town, "broker")
    (search,) = town.of("search")

    search.kill()
    without = looked_at(town, "broker")
    town.await_ready(town.again(search))

    assert [level for level, _ in whole] == ["well"]
    assert ("wrong", "No process of search listens.") in without
