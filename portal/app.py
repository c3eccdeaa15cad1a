"""The portal as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from flask import request
from flask.json.provider import JSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import api, correlation, health, pages, problems, session
from portal.headers import Protected
from portal.session import Recognitions
from portal.stream import Hub
from portal.window import FileStore, Services, Window
from saraban.health import Readiness
from saraban.settings import Settings

BODY_LIMIT = 2_000_000
"""Largest JSON or form body in bytes; files have their own limit (setting `file_limit`)."""

INFO = Info(
    title="Saraban",
    version="1",
    description="ระบบสารบรรณอิเล็กทรอนิกส์: letters received, registered, circulated, answered and found again.",
)


class FastJson(JSONProvider):
    """JSON by msgspec."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """The object as JSON text."""
        return msgspec.json.encode(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """What JSON text says. Raises ValueError when it is not JSON."""
        try:
            return msgspec.json.decode(s)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ValueError from error


class Application(OpenAPI):
    """The framework's application, without its questions at every call whether a function is asynchronous."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is: none of ours is asynchronous."""
        return func


def create_app(services: Services, settings: Settings, files: FileStore, hub: Hub | None = None) -> OpenAPI:
    """The application over these services and files. `hub` is shared with whoever hears what changed."""
    app = Application(
        "portal",
        info=INFO,
        doc_ui=False,
        static_folder=None,
        validation_error_callback=lambda error: problems.show(problems.of_validation(error)),
    )
    app.json = FastJson(app)
    app.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, MAX_FORM_MEMORY_SIZE=BODY_LIMIT)
    app.extensions["saraban"] = Window(
        services=services,
        settings=settings,
        files=files,
        recognitions=Recognitions(services),
        hub=Hub() if hub is None else hub,
        readiness=Readiness(health.needs(services)),
    )
    app.before_request(_take_chunked_bodies)
    problems.answer_problems(app)
    correlation.correlate(app)
    health.watch(app)
    app.before_request(session.guard)
    api.mount(app)
    pages.mount(app)
    app.wsgi_app = Protected(app.wsgi_app, secure=settings.secure_cookies)  # type: ignore[method-assign]
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    return app


def _take_chunked_bodies() -> None:
    """Eventlet ends the body of a chunked request itself, but does not say so."""
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        request.environ["wsgi.input_terminated"] = True
