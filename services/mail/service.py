"""Mail's entry points: parse, call, answer. They decide nothing."""

from __future__ import annotations

from typing import Any

from saraban.broker.bells import every
from saraban.broker.desk import furnished
from saraban.broker.following import Following
from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts.actor import from_wire
from saraban.contracts.errors import Unavailable
from saraban.journal import journal
from services.mail import commands
from services.mail.bootstrap import furnish
from services.mail.commands import Asked
from services.mail.handlers.incoming import mailbox
from services.mail.handlers.incoming.importing import import_mail
from services.mail.handlers.match_receipt import match_receipt
from services.mail.handlers.outgoing import held
from services.mail.handlers.outgoing.sending import send_waiting
from services.mail.handlers.quarantine.dismiss_quarantined import dismiss_quarantined
from services.mail.handlers.quarantine.open_raw import open_raw
from services.mail.handlers.quarantine.register_quarantined import register_quarantined
from services.mail.handlers.quarantine.retry_quarantined import retry_quarantined
from services.mail.views.deliveries import deliveries, outgoing
from services.mail.views.quarantine import quarantine

Wire = dict[str, Any]

log = journal(__name__)


class MailService(Following):
    """The service `mail`."""

    name = "mail"
    desk = furnished(furnish)

    @every("mail_check_seconds", bell="mailbox")
    def check_mailbox(self) -> None:
        """Look into the mailbox."""
        mailbox.check_mailbox(self.desk)

    @every("mail_check_seconds", bell="outbox")
    def send_waiting(self) -> None:
        """Send what is due. What cannot be sent now is sent in a later run."""
        try:
            send_waiting(self.desk)
        except Unavailable as error:
            log.warning("outbox left for later", code=error.code)

    @rpc
    def quarantine(
        self, actor: Wire, limit: int = 50, continue_from: str | None = None, after: int | None = None
    ) -> Wire:
        """A page of mails that wait for a clerk."""
        self.desk.caught_up(after)
        return in_thread(quarantine, self.desk.views, from_wire(actor), limit, continue_from)

    @rpc
    def retry_quarantined(self, actor: Wire, command_id: str, sha256: str) -> Wire:
        """Try to understand a mail again."""
        return retry_quarantined(self.desk, _asked(actor, command_id), commands.RetryQuarantined(sha256=sha256))

    @rpc
    def register_quarantined(self, actor: Wire, command_id: str, sha256: str, particulars: Wire) -> Wire:
        """Make a letter of a mail by hand."""
        command = commands.RegisterQuarantined(sha256=sha256, particulars=particulars)
        return register_quarantined(self.desk, _asked(actor, command_id), command)

    @rpc
    def dismiss_quarantined(self, actor: Wire, command_id: str, sha256: str, reason: str) -> Wire:
        """Say that a mail is no letter."""
        command = commands.DismissQuarantined(sha256=sha256, reason=reason)
        return dismiss_quarantined(self.desk, _asked(actor, command_id), command)

    @rpc
    def open_raw(self, actor: Wire, sha256: str) -> Wire:
        """The way to the bytes of a mail."""
        return open_raw(self.desk, from_wire(actor), sha256)

    @rpc
    def deliveries(self, actor: Wire, letter_id: str, after: int | None = None) -> Wire:
        """What became of a letter, recipient by recipient."""
        self.desk.caught_up(after)
        return in_thread(deliveries, self.desk.views, from_wire(actor), letter_id)

    @rpc
    def outgoing(
        self,
        actor: Wire,
        which: str = "open",
        limit: int = 50,
        continue_from: str | None = None,
        after: int | None = None,
    ) -> Wire:
        """A page of deliveries of all letters."""
        self.desk.caught_up(after)
        return in_thread(outgoing, self.desk.views, from_wire(actor), which, limit, continue_from)

    @rpc
    def match_receipt(
        self, actor: Wire, command_id: str, letter_id: str, delivery_id: str, their_number: str | None = None
    ) -> Wire:
        """Note a receipt that did not come by mail."""
        command = commands.MatchReceipt(letter_id=letter_id, delivery_id=delivery_id, their_number=their_number)
        return match_receipt(self.desk, _asked(actor, command_id), command)

    @rpc
    def held_mail(self, actor: Wire) -> list[Wire]:
        """Mail that is held back after a restore."""
        return held.held_mail(self.desk, from_wire(actor))

    @rpc
    def release_held(self, actor: Wire, keys: list[str] | None = None) -> int:
        """Send mail that is held back."""
        return held.release_held(self.desk, from_wire(actor), keys)

    @rpc
    def settle_held(self, actor: Wire, keys: list[str] | None = None) -> int:
        """Say that mail which is held back had left before the restore."""
        return held.settle_held(self.desk, from_wire(actor), keys)

    @rpc
    def import_mail(self, actor: Wire, sha256: str, name: str) -> Wire:
        """Take in a mail whose bytes are at intake."""
        return import_mail(self.desk, from_wire(actor), commands.ImportMail(sha256=sha256, name=name)).wire()

    @rpc
    def checked(self) -> Wire:
        """When the mailbox was last looked into, and how that went."""
        return mailbox.checked(self.desk)


def _asked(actor: Wire, command_id: str) -> Asked:
    return Asked(actor=from_wire(actor), command_id=command_id)
