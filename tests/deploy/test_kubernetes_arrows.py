"""Who may talk to whom in the cluster is who shares a network in the compose file, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.local.kubernetes import get
from saraban.commands.run import BY_NAME
from tests.deploy import compose
from tests.deploy.manifests import MEMBERS, OVERLAYS, container, of_kind, pods, selects, templates

pytestmark = [pytest.mark.servers, pytest.mark.parametrize("overlay", OVERLAYS)]

PORTS = {"rabbitmq": 5672, "mongodb": 27017, "minio": 9000, "opensearch": 9200, "intake": 8570}
"""What is asked by others → the port of its pods."""

ASKERS = [*BY_NAME, "operator"]


@pytest.fixture(autouse=True, scope="module")
def kubectl_is_here():
    get()


def labels(overlay: str) -> dict[str, dict[str, str]]:
    return {name: one["metadata"]["labels"] for name, one in templates(overlay).items()} | MEMBERS


def opens(rule: dict[str, Any], side: str, other: dict[str, str], port: int) -> bool:
    """Whether a rule names pods of this namespace that the other one is of, and the port."""
    peers = [one["podSelector"] for one in rule.get(side, ()) if "namespaceSelector" not in one]
    ports = {one["port"] for one in rule.get("ports", ())}
    return any(selects(one, other) for one in peers) and (not ports or port in ports)


def permitted(overlay: str, way: str, own: dict[str, str], other: dict[str, str], port: int) -> bool:
    policies = [one["spec"] for one in of_kind(overlay, "NetworkPolicy").values()]
    mine = [one for one in policies if way in one["policyTypes"] and selects(one["podSelector"], own)]
    side = "to" if way == "Egress" else "from"
    return not mine or any(opens(rule, side, other, port) for one in mine for rule in one.get(way.lower(), ()))


def may_talk(overlay: str, asker: str, asked: str, port: int) -> bool:
    every = labels(overlay)
    return permitted(overlay, "Egress", every[asker], every[asked], port) and permitted(
        overlay, "Ingress", every[asked], every[asker], port
    )


def test_the_arrows_are_those_of_the_compose_file(overlay):
    networks = {name: set(one["networks"]) for name, one in compose.services().items()}
    files = {"files"}
    drawn = {
        (asker, asked)
        for asker in ASKERS
        for asked in PORTS
        if asker != asked and networks[asker] & (files if asked == "intake" else networks[asked])
    }

    allowed = {
        (asker, asked) for asker in ASKERS for asked, port in PORTS.items() if may_talk(overlay, asker, asked, port)
    }

    assert allowed == drawn


def test_no_service_reaches_another_at_any_other_port(overlay):
    every = {(name, port["containerPort"]) for name, one in pods(overlay).items() for port in container(one)["ports"]}

    for asked, port in every - {("intake", 8570)}:
        assert not [asker for asker in ASKERS if may_talk(overlay, asker, asked, port)]


def test_the_members_of_a_server_reach_each_other_and_no_other_server(overlay):
    for asker in MEMBERS:
        assert {asked for asked in MEMBERS if may_talk(overlay, asker, asked, PORTS[asked])} == {asker}


def test_every_pod_is_closed_unless_it_is_opened(overlay):
    nothing = of_kind(overlay, "NetworkPolicy")["nothing"]["spec"]

    assert nothing == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_only_the_ingress_controller_comes_from_outside_to_the_portal(overlay):
    outside = [
        (name, peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"], port["port"])
        for name, one in of_kind(overlay, "NetworkPolicy").items()
        if selects(one["spec"]["podSelector"], labels(overlay)["portal"])
        for rule in one["spec"].get("ingress", ())
        for peer in rule["from"]
        for port in rule["ports"]
        if "namespaceSelector" in peer
    ]

    assert sorted(outside) == [("into-health", "monitoring", 8571), ("into-portal", "ingress-nginx", 8569)]
