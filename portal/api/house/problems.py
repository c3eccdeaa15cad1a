"""Every error that this API can answer."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

from flask import Response

from portal.api.answers import answer
from portal.api.board import public
from portal.api.told import Told
from saraban.contracts import errors
from saraban.contracts.errors import SarabanError, http_status


class ProblemKinds(Told):
    """`code` is what programs match on; `th` and `en` are the sentences, with the names of their values in braces."""

    rows: list[dict[str, Any]]


@public.get("/problems", summary="Kinds of problems", responses={200: ProblemKinds})
def problems() -> Response:
    """What the `type` of a problem points to."""
    return answer({"rows": problem_kinds()})


def problem_kinds() -> list[dict[str, Any]]:
    """Each leaf and kind of the error tree, by code."""
    for module in pkgutil.iter_modules(errors.__path__, f"{errors.__name__}."):
        importlib.import_module(module.name)
    rows = [
        {
            "code": kind.code,
            "status": http_status(kind()),
            "th": kind.th,
            "en": kind.en,
            "when": inspect.getdoc(kind) or "",
        }
        for kind in _descendants(SarabanError)
        if kind.__module__.startswith(errors.__name__)
    ]
    return sorted(rows, key=lambda row: row["code"])


def _descendants(kind: type[SarabanError]) -> list[type[SarabanError]]:
    found = [kind]
    for child in kind.__subclasses__():
        found += _descendants(child)
    return found
