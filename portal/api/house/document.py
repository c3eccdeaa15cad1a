"""The OpenAPI document of the API, made from the acts themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app
from flask_openapi3.openapi import OpenAPI
from flask_openapi3.utils import parse_rule

from portal.api.answers import answer
from portal.api.board import public
from portal.api.told import Problem
from portal.idempotency import HEADER, LIMIT
from portal.problems import MEDIA_TYPE
from portal.session import COOKIE

WITHOUT_KEY = ("sign_in", "sign_out", "change_password", "create_token", "store_file", "retry_parked")
"""Changes that are not commands to the log: done twice they make nothing twice, or whoever repeats sees it."""

PLAIN_JSON = {"content": {"application/json": {"schema": {"type": "object"}}}}

PROBLEM = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

SECURITY_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}

KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "A value of your own for this act. Repeat an act that got no answer with the same value: "
    "it is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LIMIT, "pattern": "^[!-~]+$"},
}


@public.get("/openapi.json", summary="This document", responses={200: PLAIN_JSON})
def openapi() -> Response:
    """OpenAPI 3.1."""
    if "saraban_document" not in current_app.extensions:
        current_app.extensions["saraban_document"] = document(current_app)
    return answer(current_app.extensions["saraban_document"])


def document(app: Any) -> dict[str, Any]:
    """The document of the application: what the acts declare, and what holds for all of them."""
    assert isinstance(app, OpenAPI)
    doc: dict[str, Any] = app.api_doc
    components = doc["components"]
    components["securitySchemes"] = SECURITY_SCHEMES
    components["schemas"]["Problem"] = Problem.model_json_schema()
    components["schemas"].pop("ValidationErrorModel", None)
    for rule in app.url_map.iter_rules():
        item = doc["paths"].get(parse_rule(rule.rule), {})
        for method in (rule.methods or set()) & {"GET", "POST", "DELETE"} & {name.upper() for name in item}:
            _complete(item[method.lower()], app.view_functions[rule.endpoint], method)
    return doc


def _complete(operation: dict[str, Any], act: Callable[..., Any], method: str) -> None:
    operation["operationId"] = act.__name__
    operation["tags"] = [act.__module__.split(".")[2]]
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = PROBLEM
    if method == "POST" and act.__name__ not in WITHOUT_KEY:
        operation.setdefault("parameters", []).append(KEY_PARAMETER)
