from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from portal.app import create_app
from saraban.settings import Settings
from tests.unit.portal.fakes import FakeFiles, RecordingServices


@pytest.fixture
def services() -> RecordingServices:
    return RecordingServices()


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def app(services: RecordingServices, files: FakeFiles) -> OpenAPI:
    return create_app(services, Settings(file_limit=5_000_000), files)


@pytest.fixture
def anyone(app: OpenAPI) -> FlaskClient:
    """A client that nobody is signed in at."""
    return app.test_client()


@pytest.fixture
def browser(app: OpenAPI) -> FlaskClient:
    """The browser of a registry clerk who is signed in."""
    client = app.test_client()
    client.set_cookie("saraban_session", "clerk")
    return client


@pytest.fixture
def program() -> dict[str, str]:
    """The headers of a program with a clerk's token, for one act."""
    return {"Authorization": "Bearer clerk-token", "Idempotency-Key": "letter-of-the-flood"}
