"""The page that a person sees when something went wrong."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, make_response, redirect, render_template, request

from portal.pages.language import language, named
from portal.pages.paths import here
from portal.pages.showing import wants_part
from portal.problems import Problem, as_json
from portal.session import SAFE_METHODS


def show_problem(problem: Problem) -> Response:
    """A notice for the script of a page, the sign-in page for a stranger who wants to look, a whole page otherwise;
    JSON where programs ask (/metrics)."""
    if request.url_rule and not request.blueprint:
        return as_json(problem)
    if problem.status == 401 and request.method in SAFE_METHODS:
        return _to_sign_in()
    sentence = problem.th if language() == "th" else problem.en
    if wants_part():
        return make_response(render_template("notice.html", wrong={"sentence": sentence}), problem.status)
    title = named("problem", str(problem.status))
    shown = render_template("problem.html", status=problem.status, title=title, sentence=sentence)
    return make_response(shown, problem.status)


def _to_sign_in() -> Response:
    target = f"/sign-in?{urlencode({'next': here()})}"
    if wants_part():
        return Response(status=204, headers={"HX-Redirect": "/sign-in"})
    return make_response(redirect(target, 303))
