"""Intake's entry points: parse, call, answer. They decide nothing."""

from __future__ import annotations

from typing import Any

from saraban.broker.bells import every
from saraban.broker.desk import furnished
from saraban.broker.following import Following
from saraban.broker.http import WsgiMount
from saraban.broker.rpc import rpc
from saraban.contracts.errors.files import FileUnknown
from services.intake.bootstrap import furnish
from services.intake.commands import ComposeLetter
from services.intake.handlers.compose import compose_letter
from services.intake.web import create_app


class IntakeService(Following):
    """The service `intake`."""

    name = "intake"
    desk = furnished(furnish)
    web = WsgiMount(
        lambda intake: create_app(intake.desk), lambda settings: (settings.intake_host, settings.intake_port)
    )

    @rpc
    def file(self, sha256: str, after: int | None = None) -> dict[str, Any]:
        """What is known of a file: sha256, size, name, media_type, stored_at, pages (None until it was looked into),
        flags. Raises FileUnknown."""
        if after:
            self.desk.follower.wait_for(after)
        known = self.desk.known(sha256)
        if known is None:
            raise FileUnknown({"sha256": sha256})
        return dict(known)

    @rpc
    def compose(self, letter: dict[str, Any], name: str = "") -> dict[str, Any]:
        """Make the PDF of an external letter (the fields of saraban.paper.external_letter.ExternalLetter), keep it, and
        answer its FileRef."""
        return compose_letter(ComposeLetter(letter=letter, name=name), self.desk.desk)

    @every("sweep_seconds", bell="examine")
    def examine_waiting(self) -> None:
        """Look into files that were left over."""
        self.desk.examine_waiting()
