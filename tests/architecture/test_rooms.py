from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "registry", "routing", "search", "mail")
FURNITURE = ("commands", "domain", "handlers", "views", "bootstrap", "service")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def sources(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in (ROOT / room).rglob("*.py")]


@pytest.mark.parametrize("name", ["nameko", "kombu", "eventlet"])
def test_the_broker_is_known_only_to_its_own_room(name):
    allowed = {ROOT / "saraban" / "__main__.py"}
    users = {path for path in sources("saraban", "services", "portal") if name in imports(path)}

    strangers = {path for path in users - allowed if ROOT / "saraban" / "broker" not in path.parents}

    assert not strangers


@pytest.mark.parametrize("name", ["sqlite3", "tantivy", "pymongo", "minio", "opensearchpy"])
def test_drivers_are_known_only_to_the_engines(name):
    users = {path for path in sources("saraban", "services", "portal") if name in imports(path)}

    assert not {path for path in users if ROOT / "saraban" / "engines" not in path.parents}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("piece", FURNITURE)
def test_all_services_are_furnished_alike(service, piece):
    room = ROOT / "services" / service

    assert (room / f"{piece}.py").exists() or (room / piece / "__init__.py").exists()


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_door_plate(service):
    plate = ast.get_docstring(ast.parse((ROOT / "services" / service / "__init__.py").read_text())) or ""

    assert all(word in plate for word in ("Owns:", "Hears:", "Says:"))


def test_only_the_settings_read_the_environment():
    readers = {path for path in sources("saraban", "services", "portal") if "environ" in path.read_text().split()}

    assert not {path for path in readers if "os.environ" in path.read_text()}
