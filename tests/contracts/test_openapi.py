"""The OpenAPI document and the application say the same. The services behind it answer canned values here; the same
document is held against the real services in tests/integration/test_api_on_real_services.py."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema_rs import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.app import create_app
from saraban.settings import Settings
from tests.contracts.canned import ANSWERS
from tests.unit.portal.fakes import FakeFiles, RecordingServices

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


def application():
    services = RecordingServices()
    services.answers.update(ANSWERS)
    return create_app(services, Settings(), FakeFiles())


document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application()).exclude(path="/api/v1/stream")
"""All but the stream, which never ends; tests/unit/portal/test_stream.py is about that."""


@document.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
def test_every_act_answers_as_the_document_says(case):
    response = case.call(headers={"Authorization": "Bearer administrator-token"})

    case.validate_response(response, checks=CHECKS)


def operations():
    doc = application().test_client().get("/api/v1/openapi.json").json
    return doc, [(path, method, act) for path, item in doc["paths"].items() for method, act in item.items()]


def test_every_schema_of_the_document_is_a_json_schema():
    doc, _ = operations()

    for schema in doc["components"]["schemas"].values():
        Draft202012Validator({**schema, "components": doc["components"]})


def test_every_reference_leads_somewhere():
    doc, _ = operations()

    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        if isinstance(node, list):
            for one in node:
                yield from references(one)

    missing = {ref for ref in references(doc) if ref.rpartition("/")[2] not in doc["components"]["schemas"]}
    assert missing == set()


def test_every_act_has_a_name_of_its_own_a_subject_and_a_sentence():
    _, acts = operations()

    names = [act["operationId"] for _, _, act in acts]
    assert len(set(names)) == len(names)
    assert all(act["summary"] and act["description"] and act["tags"] for _, _, act in acts)


def test_every_command_needs_an_idempotency_key():
    _, acts = operations()

    without = {
        act["operationId"]
        for _, method, act in acts
        if method == "post" and "Idempotency-Key" not in {parameter["name"] for parameter in act.get("parameters", [])}
    }
    assert without == {"sign_in", "sign_out", "change_password", "create_token", "store_file", "retry_parked"}


def test_all_but_a_few_acts_ask_who_is_there():
    client = application().test_client()
    doc, acts = operations()

    open_to_all = {act["operationId"] for path, method, act in acts if "security" not in act}
    assert open_to_all == {"sign_in", "openapi", "problems"}
    for path, method, act in acts:
        if act["operationId"] in open_to_all:
            continue
        place = path.format(
            letter_id="l1", action_id="a1", sha256="a" * 64, token_id="t1", kind="send", delivery_id="d", service="mail"
        )
        assert (
            client.open(f"{place}?{query_of(act)}", method=method.upper(), json=body_of(doc, act)).status_code == 401
        ), place


def query_of(act):
    known = {"which": "tray", "q": "น้ำท่วม", "name": "a.pdf"}
    needed = [one["name"] for one in act.get("parameters", []) if one["in"] == "query" and one["required"]]
    return "&".join(f"{name}={known[name]}" for name in needed)


def body_of(doc, act):
    """The smallest body that the document allows."""
    if "requestBody" not in act:
        return None
    content = act["requestBody"]["content"].get("application/json")
    return smallest(doc, content["schema"]) if content else None


def smallest(doc, schema):
    if "$ref" in schema:
        return smallest(doc, doc["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return {name: smallest(doc, schema["properties"][name]) for name in schema.get("required", [])}
        case "array":
            return [smallest(doc, schema["items"])] * schema.get("minItems", 0)
        case "integer":
            return 1
    return "a" * 64 if "64" in schema.get("pattern", "") else "ก" if "pattern" not in schema else "x"
