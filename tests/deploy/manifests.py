"""The manifests of an overlay as tests see them: rendered, and asked for what they name and select."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from deploy.local.kubernetes import render
from tests.deploy.compose import ROOT

FOLDER = ROOT / "deploy/kubernetes"
OVERLAYS = ("small", "production")
Manifest = dict[str, Any]

MEMBERS = {
    "rabbitmq": {"app.kubernetes.io/name": "rabbitmq"},
    "mongodb": {"app": "mongodb-svc"},
    "minio": {"v1.min.io/tenant": "minio"},
    "opensearch": {"opensearch.org/opensearch-cluster": "opensearch"},
}
"""Server → a label that its operator gives to its pods."""

MADE = {
    "rabbitmq-default-user": {"connection_string"},
    "mongodb-log": {"connectionString.standard"},
    "mongodb-views": {"connectionString.standard"},
    "opensearch-http-cert": {"ca.crt"},
    "portal-tls": {"tls.crt", "tls.key"},
}
"""Secrets that somebody else makes (README.md says who) → keys that they have."""


@functools.cache
def rendered(overlay: str) -> tuple[Manifest, ...]:
    return tuple(yaml.safe_load_all(render(FOLDER / "overlays" / overlay)))


def of_kind(overlay: str, kind: str) -> dict[str, Manifest]:
    return {one["metadata"]["name"]: one for one in rendered(overlay) if one["kind"] == kind}


def pods(overlay: str) -> dict[str, Manifest]:
    """Deployment → its pod template."""
    return {name: one["spec"]["template"] for name, one in of_kind(overlay, "Deployment").items()}


def templates(overlay: str) -> dict[str, Manifest]:
    """Deployment → its pod template; `operator` → that of the CronJob `backup`, and of the jobs made from it."""
    backup = of_kind(overlay, "CronJob")["backup"]["spec"]["jobTemplate"]
    return pods(overlay) | {"operator": backup["spec"]["template"]}


def container(template: Manifest) -> Manifest:
    (only,) = template["spec"]["containers"]
    return only


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector (matchLabels, and matchExpressions with In) takes these labels."""
    exact = selector.get("matchLabels", {}).items() <= labels.items()
    return exact and all(labels.get(one["key"]) in one["values"] for one in selector.get("matchExpressions", ()))


def settings(overlay: str, name: str) -> dict[str, str | None]:
    """Setting → value, of the pods of a service or of the operator; None when it comes out of a Secret."""
    one = container(templates(overlay)[name])
    maps = of_kind(overlay, "ConfigMap")
    plain = [maps[source["configMapRef"]["name"]]["data"] for source in one["envFrom"]]
    own = {variable["name"]: variable.get("value") for variable in one["env"]}
    whole = {key: value for data in [*plain, own] for key, value in data.items()}
    return {key.removeprefix("SARABAN_").lower(): value for key, value in whole.items() if key.startswith("SARABAN_")}


def secrets_named(node: Any) -> Iterator[tuple[str, str | None]]:
    """Every Secret that a manifest names, with the key when one is named."""
    if isinstance(node, list):
        for one in node:
            yield from secrets_named(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _named(key, value)
            yield from secrets_named(value)


def _named(key: str, value: Any) -> Iterator[tuple[str, str | None]]:
    match key, value:
        case "secretKeyRef" | "passwordFrom", {"name": name, "key": inside}:
            yield name, inside
        case "passwordSecretRef", {"name": name}:
            yield name, "password"
        case "adminCredentialsSecret", {"name": name}:
            yield name, "password"
        case "configuration", {"name": name}:
            yield name, "config.env"
        case "secretTargetRef", [*many]:
            yield from ((one["name"], one["key"]) for one in many)
        case "secretName", str(name):
            yield name, None
        case "secret", {"secretName": name, "items": items}:
            yield from ((name, one["key"]) for one in items)
