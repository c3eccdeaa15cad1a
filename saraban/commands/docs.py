"""`saraban docs`: write docs/settings.md, docs/events.md and docs/api.md from the code."""

from __future__ import annotations

import argparse
import dataclasses
import inspect
from pathlib import Path

from portal.reference import api_page
from saraban.contracts import codec
from saraban.contracts.events import WIRE
from saraban.settings import Settings

HELP = "write docs/settings.md, docs/events.md and docs/api.md from the code"


def add(parser: argparse.ArgumentParser) -> None:
    """Name the arguments."""
    parser.add_argument("--folder", type=Path, default=Path("docs"), help="where the pages are (docs)")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the pages."""
    del settings
    arguments.folder.mkdir(exist_ok=True)
    (arguments.folder / "settings.md").write_text(settings_page())
    (arguments.folder / "events.md").write_text(events_page())
    (arguments.folder / "api.md").write_text(api_page())
    return 0


def settings_page() -> str:
    """docs/settings.md as it must read."""
    lines = [
        "# Settings",
        "",
        "Each is read from the environment. Left alone, everything runs embedded on one machine.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in {"", None} else f"`{field.default}`"
        lines.append(f"| `SARABAN_{name.upper()}` | {default} | {field.description} |")
    return "\n".join([*lines, ""])


def events_page() -> str:
    """docs/events.md as it must read."""
    codec.load_events()
    lines = ["# Events", "", "Everything that the log can hold, by who says it. Wire names never change.", ""]
    for speaker in codec.SPEAKERS:
        lines += [f"## {speaker}", "", "| wire name | version | what happened | fields |", "|---|---|---|---|"]
        lines += [_row(name, cls, version) for name, (cls, version) in WIRE.items() if _speaker(cls) == speaker]
        lines.append("")
    return "\n".join(lines)


def _speaker(cls: type) -> str:
    return cls.__module__.rsplit(".", 1)[1]


def _row(name: str, cls: type, version: int) -> str:
    told = " ".join((inspect.getdoc(cls) or "").split())
    fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(cls))
    return f"| `{name}` | {version} | {told} | {fields} |"
