"""The API server that manifests are tried on."""

from __future__ import annotations

import json

import pytest

from deploy.local.kubernetes import get, kubectl
from deploy.local.server import Server
from tests.deploy.kinds import definitions
from tests.deploy.manifests import FOLDER
from tests.servers import server


@pytest.fixture(scope="session")
def api() -> Server:
    """A real API server that knows the operators' kinds, with the namespace in place."""
    started = server("kubernetes")
    for words, text in (
        (("apply", "--server-side", "--recursive", "--filename", str(get() / "definitions")), None),
        (("apply", "--server-side", "--filename=-"), json.dumps(definitions(started))),
        (("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"), None),
        (("apply", "--filename", str(FOLDER / "base/namespace.yaml")), None),
    ):
        done = kubectl(started, *words, text=text)
        assert done.returncode == 0, done.stderr
    return started
