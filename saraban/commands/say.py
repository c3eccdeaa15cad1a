"""How commands answer: a line for people, or JSON for programs."""

from __future__ import annotations

import json
from typing import Any


def say(answer: Any, sentence: str, *, as_json: bool) -> None:
    """Print the answer as JSON or the sentence that tells it, at once: who reads it through a pipe waits for it while
    the system runs on."""
    told = json.dumps(answer, ensure_ascii=False) if as_json else sentence
    print(told, flush=True)  # noqa: T201 - this is a command line
