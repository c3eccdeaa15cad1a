"""Every manifest of every overlay is taken by a real Kubernetes API server, which refuses what is misspelt."""

from __future__ import annotations

import copy
import json
import subprocess
from typing import Any

import pytest

from deploy.kubernetes.credentials import manifest as fresh_secrets
from deploy.local.kubernetes import kubectl
from deploy.local.server import Server
from saraban.commands.run import BY_NAME
from tests.deploy.kinds import KINDS
from tests.deploy.manifests import FOLDER, OVERLAYS, of_kind, rendered, templates

pytestmark = pytest.mark.servers


def apply(api: Server, *manifests: Any) -> subprocess.CompletedProcess[str]:
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(manifests)})
    return kubectl(api, "apply", "--dry-run=server", "--validate=strict", "--filename=-", text=text)


def misspell(overlay: str, kind: str, name: str, path: tuple[Any, ...], wrong: str) -> dict[str, Any]:
    """A copy of a manifest in which the last key of a path is written wrongly."""
    copied = copy.deepcopy(of_kind(overlay, kind)[name])
    node: Any = copied
    for step in path[:-1]:
        node = node[step]
    node[wrong] = node.pop(path[-1])
    return copied


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_manifest_is_taken(api, overlay):
    told = apply(api, *rendered(overlay))

    assert told.returncode == 0, told.stderr
    assert "Warning" not in told.stderr
    assert len(told.stdout.splitlines()) == len(rendered(overlay))


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kinds_that_are_defined_here_are_told_to_operators(overlay):
    readme = (FOLDER / "README.md").read_text()

    assert {one["kind"] for one in rendered(overlay)} >= KINDS.keys()
    assert all(f"`{kind}`" in readme for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "name", "path", "wrong"),
    [
        ("Deployment", "portal", ("spec", "template", "spec", "automountServiceAccountToken"), "autoMountToken"),
        ("CronJob", "backup", ("spec", "concurrencyPolicy"), "concurrency"),
        ("NetworkPolicy", "into-minio", ("spec", "ingress", 0, "from"), "form"),
        ("PodDisruptionBudget", "registry", ("spec", "maxUnavailable"), "maxUnavailabel"),
        ("ScaledObject", "routing", ("spec", "minReplicaCount"), "minReplicas"),
        ("RabbitmqCluster", "rabbitmq", ("spec", "persistence", "storage"), "size"),
        ("MongoDBCommunity", "mongodb", ("spec", "users", 0, "passwordSecretRef"), "passwordSecret"),
        ("Tenant", "minio", ("spec", "pools", 0, "containerSecurityContext"), "containersSecurityContext"),
        ("Tenant", "minio", ("spec", "pools", 0, "affinity", "podAntiAffinity"), "antiAffinity"),
        ("OpenSearchCluster", "opensearch", ("spec", "general", "drainDataNodes"), "drainNodes"),
        ("OpensearchRole", "search", ("spec", "indexPermissions", 0, "allowedActions"), "actions"),
        ("OpensearchUser", "search", ("spec", "passwordFrom", "name"), "secret"),
        ("OpensearchUserRoleBinding", "search", ("spec", "users"), "user"),
    ],
)
def test_a_misspelt_field_is_refused(api, kind, name, path, wrong):
    told = apply(api, misspell("small", kind, name, path, wrong))

    assert told.returncode != 0
    assert "unknown field" in told.stderr


def test_the_secrets_that_an_operator_makes_are_taken(api):
    told = kubectl(api, "create", "--dry-run=server", "--filename=-", text=json.dumps(fresh_secrets("saraban")))

    assert told.returncode == 0, told.stderr


@pytest.fixture(scope="module")
def strict(api) -> str:
    """A namespace that takes restricted pods only."""
    name = "strict"
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
    made = kubectl(api, "apply", "--filename=-", text=json.dumps(space))
    assert made.returncode == 0, made.stderr
    return name


@pytest.mark.parametrize("name", sorted([*BY_NAME, "operator"]))
def test_a_pod_meets_the_restricted_standard(api, strict, name):
    template = templates("small")[name]

    told = apply(api, as_pod(template, name, strict))

    assert told.returncode == 0, told.stderr


def test_a_pod_that_may_become_root_does_not(api, strict):
    template = copy.deepcopy(templates("small")["portal"])
    template["spec"]["securityContext"]["runAsNonRoot"] = False

    told = apply(api, as_pod(template, "portal", strict))

    assert told.returncode != 0
    assert "violates PodSecurity" in told.stderr


def as_pod(template: dict[str, Any], name: str, namespace: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace},
        "spec": template["spec"],
    }
