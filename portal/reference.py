"""docs/api.md as it must read: how to use the API, then every act and every problem, told by the code itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_openapi3.openapi import OpenAPI

from portal import api
from portal.api.board import PREFIX
from portal.api.house.document import document
from portal.api.house.problems import problem_kinds

INTRODUCTION = Path(__file__).with_name("reference.md")

SUBJECTS = ("accounts", "files", "letters", "circulation", "drafts", "registers", "mail", "organisation", "house")


def api_page() -> str:
    """The whole page."""
    app = OpenAPI("portal", doc_ui=False)
    api.mount(app)
    return "\n".join([INTRODUCTION.read_text(), *_acts(document(app)), *_problems()])


def _acts(doc: dict[str, Any]) -> list[str]:
    lines = ["## Every act", "", f"Addresses are below `{PREFIX}`. A `*` marks what must be given.", ""]
    acts = [(path, method, act) for path, item in doc["paths"].items() for method, act in item.items()]
    for subject in SUBJECTS:
        own = sorted(one for one in acts if one[2]["tags"] == [subject])
        lines += [f"### {subject}", "", "| act | does | query | body |", "|---|---|---|---|"]
        lines += [_row(doc, *one) for one in own]
        lines.append("")
    return lines


def _row(doc: dict[str, Any], path: str, method: str, act: dict[str, Any]) -> str:
    place = f"`{method.upper()} {path.removeprefix(PREFIX)}`"
    told = act["description"].replace("<br/>", " ")
    query = [_named(one["name"], one["required"]) for one in act.get("parameters", []) if one["in"] == "query"]
    return f"| {place} | {act['summary']}: {told} | {', '.join(query)} | {_body(doc, act)} |"


def _body(doc: dict[str, Any], act: dict[str, Any]) -> str:
    content = act.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return "the file" if act["operationId"] == "store_file" else ""
    schema = doc["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
    return ", ".join(_named(name, name in schema.get("required", ())) for name in schema["properties"])


def _named(name: str, needed: bool) -> str:  # noqa: FBT001 - a fact about the name
    return f"`{name}`*" if needed else f"`{name}`"


def _problems() -> list[str]:
    lines = ["## Every problem", "", "`…` stands for a value, which is also a member of the problem.", ""]
    lines += ["| code | status | means |", "|---|---|---|"]
    return [*lines, *(f"| `{one['code']}` | {one['status']} | {one['en']} |" for one in problem_kinds()), ""]
