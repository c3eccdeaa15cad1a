"""Mail beside the real intake and registry on the broker: from the Maildir to the tray, from a signature to the outbox
folder, and from the answer back to the delivery.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from deploy.local.ports import free_port
from saraban.contracts import actor as actors
from saraban.contracts.errors import NotAllowed
from saraban.contracts.errors.letters import LetterNotFound
from tests.builders import actor, organisation
from tests.integration.broker.green import in_green, serving, wait_until
from tests.unit.mail.letters_by_mail import PDF, SUBJECT, encoded_word, mail, multipart, part, understood, words

OBEC = "saraban@obec.go.th"
LETTER = multipart(
    words("เรียน เลขาธิการคุรุสภา", "tis-620"),
    part(PDF, disposition='attachment; filename="หนังสือน้ำท่วม.pdf"'.encode("cp874")),
    part(b"\xd0\xcf\x11\xe0", b"application/vnd.ms-excel", 'attachment; filename="บัญชี.xls"'.encode("cp874")),
    sender=encoded_word("สพฐ.", "cp874", "tis-620") + b" <" + OBEC.encode() + b">",
    subject=encoded_word(SUBJECT, "cp874", "tis-620"),
)
BROKEN = mail(kind=b"multipart/mixed", body=b"no boundary")
DRAFT = {
    "particulars": {"subject": "ตอบข้อหารือเรื่องน้ำท่วม", "addressee": "เลขาธิการ กพฐ."},
    "body": ["ตามหนังสือที่อ้างถึง ขอเรียนว่ายินดีให้ความช่วยเหลือ", "จึงเรียนมาเพื่อโปรดทราบ"],
    "recipients": [{"name": "สพฐ.", "channel": "email", "address": OBEC}],
}
AGENCY = {
    "name": "สำนักงานเลขาธิการคุรุสภา",
    "short_name": "คุรุสภา",
    "code": "ศธ ๕๑๐๐",
    "address": "128/1 ถนนนครราชสีมา ดุสิต กทม. 10300",
    "email": "ksp@saraban.mail.go.th",
    "telephone": "0 2304 9899",
}


class Story:
    """Calls in the name of officers, and the two folders of the central address."""

    def __init__(self, caller, folder):
        self._caller = caller
        self._commands = 0
        self.box, self.out = Path(folder) / "mail" / "in", Path(folder) / "mail" / "out"

    def ask(self, who, service, method, **told):
        return self._caller.call(service, method, actor=actors.to_wire(who), **told)

    def act(self, who, service, method, **told):
        self._commands += 1
        return self.ask(who, service, method, command_id=f"c{self._commands}", **told)

    def set_up(self):
        self.act(actors.SYSTEM, "registry", "name_agency", **AGENCY)
        for one in organisation():
            told = {name: getattr(one, name) for name in type(one).__slots__}
            method = "add_unit" if "parent_id" in told else "appoint_officer"
            self.act(actors.SYSTEM, "registry", method, **told)

    def drop(self, name, raw):
        (self.box / "new" / name).write_bytes(raw)

    def sent(self):
        return [
            understood(path.read_bytes())
            for path in sorted(self.out.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)
        ]


def came_in(story, seen):
    somsri = actor("somsri")
    story.drop("something.eml", LETTER)
    story.drop("broken.eml", BROKEN)
    story.drop("a program.eml", b"MZ\x90\x00")
    wait_until(lambda: len(list((story.box / "cur").iterdir())) == 3)
    wait_until(lambda: story.ask(somsri, "registry", "letters", which="tray")["rows"])
    (row,) = story.ask(somsri, "registry", "letters", which="tray")["rows"]
    letter = story.ask(somsri, "registry", "letter", letter_id=row["letter_id"])
    seen["letter"] = [letter["particulars"][name] for name in ("subject", "sender", "addressee")]
    seen["files"] = [[one["name"], one["media_type"], one["role"]] for one in letter["files"]]
    wait_until(lambda: len(story.ask(somsri, "mail", "quarantine")["rows"]) == 2)
    waiting = story.ask(somsri, "mail", "quarantine")["rows"]
    seen["quarantine"] = sorted(one["reason"] for one in waiting)
    seen["raw"] = story.ask(somsri, "mail", "open_raw", sha256=waiting[0]["sha256"])["path"].startswith("/files/")
    wait_until(lambda: len(story.sent()) == 1)
    shown = story.act(somsri, "registry", "register", letter_id=row["letter_id"])["shown"]
    wait_until(lambda: len(story.sent()) == 2)
    seen["receipts"] = [one.subject.split()[0] for one in story.sent()]
    seen["receive number told"] = f"เลขรับ {shown}" in story.sent()[1].text
    story.drop("again.eml", LETTER)
    wait_until(lambda: len(list((story.box / "cur").iterdir())) == 4)
    received = story.ask(somsri, "registry", "letters", which="received")["rows"]
    tray = story.ask(somsri, "registry", "letters", which="tray")["rows"]
    seen["letters after the same mail again"] = len(received + tray)


def went_out(story, seen):
    anan, prasit = actor("anan"), actor("prasit")
    letter = story.act(anan, "registry", "draft", **DRAFT)["letter_id"]
    story.act(anan, "registry", "present_draft", letter_id=letter, to_officer_id="prasit")
    story.act(prasit, "registry", "sign", letter_id=letter)
    story.act(anan, "registry", "send", letter_id=letter)
    wait_until(lambda: len(story.sent()) == 3)
    ours = story.sent()[2]
    seen["letter mail"] = [ours.addressed_to[0], ours.attachments[0].name, ours.attachments[0].data[:5].decode()]
    fields = f"In-Reply-To: {ours.message_id}\r\n".encode()
    story.drop("answer.eml", mail(fields=fields, body="ได้รับแล้ว เลขรับ 123/2569".encode()))

    def rows():
        return story.ask(anan, "mail", "deliveries", letter_id=letter)["rows"]

    wait_until(lambda: rows()[0]["state"] == "registered")
    seen["delivery"] = [rows()[0]["state"], rows()[0]["their_number"]]
    wait_until(lambda: not story.ask(anan, "mail", "outgoing")["rows"])
    seen["open deliveries"] = len(story.ask(anan, "mail", "outgoing")["rows"])
    with suppress(LetterNotFound):
        story.ask(actor("nida"), "mail", "deliveries", letter_id=letter)
        seen["nida saw it"] = True
    with suppress(NotAllowed):
        story.ask(anan, "mail", "quarantine")
        seen["anan saw the quarantine"] = True


def story(folder):
    from services.intake.service import IntakeService
    from services.mail.service import MailService
    from services.registry.service import RegistryService

    services = (IntakeService, RegistryService, MailService)
    settings = {"mail_check_seconds": 0.2, "sweep_seconds": 1000, "intake_port": free_port()}
    with serving(*services, data_folder=folder, **settings) as caller:
        told, seen = Story(caller, folder), {}
        told.set_up()
        came_in(told, seen)
        went_out(told, seen)
        seen["checked"] = caller.call("mail", "checked")["ok"]
        seen["sent in all"] = len(told.sent())
        seen["replay"] = told.ask(actors.SYSTEM, "mail", "replay_views", check_only=True)["alike"]
        return seen


def test_a_letter_by_mail_is_received_and_an_answer_goes_out_and_is_acknowledged(tmp_path):
    seen = in_green(story, str(tmp_path))

    number = seen["letter mail"].pop(1)
    assert re.fullmatch(r".*\.pdf", number)
    assert seen == {
        "letter": [SUBJECT, "สพฐ.", "เลขาธิการคุรุสภา"],
        "files": [
            ["หนังสือน้ำท่วม.pdf", "application/pdf", "letter"],
            ["บัญชี.xls", "application/octet-stream", "enclosure"],
            [f"{SUBJECT}.eml", "message/rfc822", "mail"],
        ],
        "quarantine": ["broken_mime", "no_sender"],
        "raw": True,
        "receipts": ["ตอบรับหนังสือ", "แจ้งเลขรับหนังสือ"],
        "receive number told": True,
        "letters after the same mail again": 1,
        "letter mail": [OBEC, "%PDF-"],
        "delivery": ["registered", "123/2569"],
        "open deliveries": 0,
        "checked": True,
        "sent in all": 3,
        "replay": True,
    }
