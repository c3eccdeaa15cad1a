"""The API server that manifests are tried on."""

from __future__ import annotations

import pytest

from deploy.local.kubernetes import get, kubectl
from deploy.local.server import Server
from tests.deploy.manifests import FOLDER
from tests.servers import server


@pytest.fixture(scope="session")
def api() -> Server:
    """A real API server that knows the operators' kinds, with the namespace in place."""
    started = server("kubernetes")
    for words in (
        ("apply", "--server-side", "--recursive", "--filename", str(get() / "definitions")),
        ("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"),
        ("apply", "--filename", str(FOLDER / "base/namespace.yaml")),
    ):
        done = kubectl(started, *words)
        assert done.returncode == 0, done.stderr
    return started
