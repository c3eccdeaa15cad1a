"""The OpenAPI document against the real services in one process: whatever is sent, no server error, and every answer is
what the document says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.api.house.document import document
from portal.app import create_app
from saraban.settings import Settings
from tests.house import House
from tests.integration.access.scene import Scene
from tests.unit.portal.fakes import FakeFiles, RecordingServices

pytestmark = pytest.mark.slow

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]
BOUNDED = settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with House(Path(tmp_path_factory.mktemp("api")) / "data") as house:
        scene = Scene(house)
        yield scene
        scene.close()


@pytest.fixture(scope="module")
def things(scene):
    """A letter, a draft and what belongs to them, for the addresses."""
    draft = scene.presented("own")["letter_id"]
    return {"letters": scene.letter("own"), "drafts": {"letter_id": draft}, "quarantine": {}}


app = create_app(RecordingServices(), Settings(), FakeFiles())
api = schemathesis.openapi.from_dict(document(app)).exclude(path="/api/v1/stream")


@api.parametrize()
@BOUNDED
def test_whatever_is_sent_the_answer_is_as_the_document_says(case, scene, things):
    known = things.get(case.operation.path.split("/")[3], {})
    case.path_parameters = {name: known.get(name, given) for name, given in (case.path_parameters or {}).items()}
    if isinstance((case.query or {}).get("after"), int) and case.query["after"] > 0:
        case.query["after"] = 1  # a position that is never reached is waited for

    for person in ("wichai", "prasit", "admin"):
        headers = {"Authorization": f"Bearer {scene.clients[person].token}"}
        response = case.call(base_url=f"http://127.0.0.1:{scene.house.port}", headers=headers)

        if response.status_code != 414:  # the HTTP server itself refuses an address over its limit
            case.validate_response(response, checks=CHECKS)
