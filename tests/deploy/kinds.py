"""Definitions of the operators' kinds that come in no package: only the fields that our manifests use, so that any other
is refused as misspelt. A field that is new in a manifest is looked up at its operator first, then written down here.

Looked up: MinIO operator 7.1.1 (Tenant, v2) and OpenSearch operator 3.0 (opensearch.org/v1). What lies inside a pod
(affinity, resources, …) is taken from the API server's own description of pods.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from deploy.local.kubernetes import kubectl
from deploy.local.server import Server

Shape = Any
"""str, int, bool; a dict of fields (`!` marks one that must be there); a list of one shape; "Affinity" and the like:
what Kubernetes itself calls so."""

POOL: Shape = {
    "name!": str,
    "servers!": int,
    "volumesPerServer!": int,
    "volumeClaimTemplate!": {"metadata": {"name": str}, "spec": "PersistentVolumeClaimSpec"},
    "resources": "ResourceRequirements",
    "affinity": "Affinity",
    "securityContext": "PodSecurityContext",
    "containerSecurityContext": "SecurityContext",
}
TENANT: Shape = {
    "image": str,
    "configuration": {"name": str},
    "users": [{"name": str}],
    "requestAutoCert": bool,
    "podManagementPolicy": str,
    "pools!": [POOL],
}
NODES: Shape = {
    "component!": str,
    "replicas!": int,
    "roles!": [str],
    "diskSize": str,
    "jvm": str,
    "resources": "ResourceRequirements",
    "pdb": {"enable": bool, "maxUnavailable": int},
}
CLUSTER: Shape = {
    "general": {
        "version": str,
        "httpPort": int,
        "serviceName!": str,
        "setVMMaxMapCount": bool,
        "drainDataNodes": bool,
    },
    "security": {
        "tls": {"transport": {"generate": bool, "perNode": bool}, "http": {"generate": bool}},
        "config": {"adminCredentialsSecret": {"name": str}},
    },
    "nodePools!": [NODES],
}
ROLE: Shape = {
    "opensearchCluster!": {"name": str},
    "clusterPermissions": [str],
    "indexPermissions": [{"indexPatterns": [str], "allowedActions": [str]}],
}
USER: Shape = {"opensearchCluster!": {"name": str}, "passwordFrom!": {"name": str, "key!": str}}
BINDING: Shape = {"opensearchCluster!": {"name": str}, "users": [str], "roles!": [str]}

KINDS: dict[str, tuple[str, str, Shape]] = {
    "Tenant": ("minio.min.io", "v2", TENANT),
    "OpenSearchCluster": ("opensearch.org", "v1", CLUSTER),
    "OpensearchRole": ("opensearch.org", "v1", ROLE),
    "OpensearchUser": ("opensearch.org", "v1", USER),
    "OpensearchUserRoleBinding": ("opensearch.org", "v1", BINDING),
}
"""Kind → its group, its version and what its `spec` may say."""

PLAIN = {str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}}
EITHER = {"x-kubernetes-int-or-string": True}


def definitions(api: Server) -> dict[str, Any]:
    """A List of the definitions, to be applied."""
    told = kubectl(api, "get", "--raw", "/openapi/v3/api/v1")
    assert told.returncode == 0, told.stderr
    own = json.loads(told.stdout)["components"]["schemas"]
    items = [_definition(kind, *about, own) for kind, about in KINDS.items()]
    return {"apiVersion": "v1", "kind": "List", "items": items}


def _definition(kind: str, group: str, version: str, spec: Shape, own: dict[str, Any]) -> dict[str, Any]:
    plural = f"{kind.lower()}s"
    schema = {"type": "object", "required": ["spec"], "properties": {"spec": _schema(spec, own)}}
    one = {"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"kind": kind, "plural": plural},
            "versions": [one],
        },
    }


def _schema(shape: Shape, own: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case dict():
            fields = {name.removesuffix("!"): _schema(inner, own) for name, inner in shape.items()}
            required = [name.removesuffix("!") for name in shape if name.endswith("!")]
            return {"type": "object", "properties": fields} | ({"required": required} if required else {})
        case [one]:
            return {"type": "array", "items": _schema(one, own)}
        case str():
            return _written_out(own[f"io.k8s.api.core.v1.{shape}"], own)
        case _:
            return PLAIN[shape]


def _written_out(schema: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A schema of the API server as a definition may hold it: without references, defaults and words."""
    inner = functools.partial(_written_out, own=own)
    match schema:
        case {"$ref": str(name)}:
            return inner(own[name.rpartition("/")[2]])
        case {"allOf": [only]}:
            return inner(only)
        case {"oneOf": _} | {"format": "int-or-string"}:
            return EITHER
        case {"type": "object", "properties": fields}:
            kept = {name: inner(one) for name, one in fields.items()}
            return {"type": "object", "properties": kept, "required": schema.get("required", [])}
        case {"type": "object", "additionalProperties": each}:
            return {"type": "object", "additionalProperties": inner(each)}
        case {"type": "array", "items": each}:
            return {"type": "array", "items": inner(each)}
        case _:
            return {"type": schema["type"]}
