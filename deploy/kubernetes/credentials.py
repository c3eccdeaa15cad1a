"""`python3 -m deploy.kubernetes.credentials [NAMESPACE]`: print fresh Secrets for `kubectl create -f -`.

Needs nothing but Python. `create` (not `apply`) leaves Secrets alone that are there: the servers' data remember the
passwords they began with. Nothing is written to disk and nothing belongs into git.
"""

from __future__ import annotations

import json
import secrets
import sys
from typing import Any


def contents() -> dict[str, dict[str, str]]:
    """Secret → key → fresh value."""
    root = f'export MINIO_ROOT_USER="root"\nexport MINIO_ROOT_PASSWORD="{_password()}"\nexport MINIO_BROWSER="off"\n'
    return {
        "saraban": {"secret": _password()},
        "mongodb-log-password": {"password": _password()},
        "mongodb-views-password": {"password": _password()},
        "minio-root": {"config.env": root},
        "minio-intake": {"CONSOLE_ACCESS_KEY": "intake", "CONSOLE_SECRET_KEY": _password()},
        "opensearch-admin": {"username": "admin", "password": _password()},
        "opensearch-search": {"password": _password()},
    }


def manifest(namespace: str) -> dict[str, Any]:
    """The Secrets as one Kubernetes List."""
    items = [
        {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": name, "namespace": namespace, "labels": {"app.kubernetes.io/part-of": "saraban"}},
            "type": "Opaque",
            "stringData": values,
        }
        for name, values in contents().items()
    ]
    return {"apiVersion": "v1", "kind": "List", "items": items}


def _password() -> str:
    return secrets.token_hex(24)


if __name__ == "__main__":
    print(json.dumps(manifest(sys.argv[1] if len(sys.argv) > 1 else "saraban"), indent=2))
