"""The officers' pages: one file for each page or act, named as the office names it. Rules live in the services."""

from __future__ import annotations

from flask import Flask

from portal.pages import (
    account,
    acknowledge,
    addressees,
    assets,
    circulate,
    correct_particulars,
    drafts,
    endorse,
    finish,
    history,
    inbox,
    language,
    letter,
    organisation,
    outgoing,
    parked,
    quarantine,
    readers,
    reading,
    receive,
    registers,
    search,
    seen_before,
    sign,
    sign_in,
    tokens,
    tray,
)
from portal.pages.dress import dress
from portal.pages.problem import show_problem
from portal.problems import show_problems_with

PAGES = (
    assets.page,
    language.page,
    sign_in.page,
    inbox.page,
    letter.page,
    acknowledge.page,
    circulate.page,
    correct_particulars.page,
    addressees.page,
    endorse.page,
    finish.page,
    history.page,
    readers.page,
    reading.page,
    receive.page,
    seen_before.page,
    tray.page,
    registers.page,
    quarantine.page,
    search.page,
    drafts.page,
    sign.page,
    outgoing.page,
    organisation.page,
    tokens.page,
    parked.page,
    account.page,
)
"""Every page, as the application registers them."""


def mount(app: Flask) -> None:
    """Put every page up in the application."""
    dress(app)
    show_problems_with(app, show_problem)
    for page in PAGES:
        app.register_blueprint(page)
