"""An officer at a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from saraban.demo.organisation import DEMO_PASSWORD

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 20_000


@dataclass
class Desk:
    """One officer's browser: `page` is what they look at; `complaints` what the browser complained about."""

    context: Any
    page: Any
    base: str
    login: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Any, base: str, login: str, **more: Any) -> Desk:
        context = browser.new_context(viewport=DESKTOP, accept_downloads=True, **more)
        context.set_default_timeout(PATIENCE)
        desk = cls(context, context.new_page(), base, login)
        desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
        desk.page.on("console", desk._listen)
        desk.sign_in()
        return desk

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self) -> None:
        self.page.goto(f"{self.base}/sign-in")
        self.page.fill("[name=login]", self.login)
        self.page.fill("[name=password]", DEMO_PASSWORD)
        self.page.click(".gate-card button")
        self.page.wait_for_url(re.compile(r"/inbox"))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def room(self, name: str) -> None:
        """Go there by the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()

    def sees(self, text: str) -> None:
        """The text is there, or comes soon, without anybody doing anything."""
        self.page.get_by_text(text).first.wait_for(state="visible")

    def sees_no(self, text: str) -> bool:
        return self.page.get_by_text(text).count() == 0

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def pdf_is_open(self) -> None:
        """The first sheet is drawn, with text over it that can be selected."""
        self.page.locator(".sheet-page canvas").first.wait_for()
        self.page.locator(".sheet-page .textLayer span").first.wait_for(state="attached")

    def picture(self, folder: Path, name: str) -> None:
        """Keep a picture of the page at both widths."""
        self.page.evaluate("scrollTo(0, 0)")
        for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
            self.page.set_viewport_size(size)
            self.page.wait_for_timeout(250)
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size(DESKTOP)

    def leave(self) -> None:
        self.context.close()
