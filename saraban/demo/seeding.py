"""Filling an empty system with the demo: through the same calls that officers' pages make.

Every call has its own command id, so that a demo that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from saraban import wiring
from saraban.broker.services import Caller
from saraban.contracts.actor import SYSTEM, from_wire, to_wire
from saraban.demo.letters import DemoLetter, demo_letters
from saraban.demo.making import make_demo
from saraban.demo.organisation import AGENCY, DEMO_PASSWORD, officers, units
from saraban.files import Files
from saraban.settings import Settings

BUREAUS = {
    "ช่วยเหลือครูผู้ประสบอุทกภัย": ("licence", "development"),
    "น้ำท่วม": ("development",),
    "ใบอนุญาต": ("licence",),
    "หลักสูตร": ("standards",),
    "สอบ": ("standards",),
    "วิทยากร": ("legal",),
    "อบรม": ("central", "development"),
    "งบประมาณ": ("finance", "secretary"),
    "เดินทาง": ("finance",),
    "วันครู": ("secretary",),
    "อพยพ": ("secretary", "licence", "standards", "development", "legal", "finance"),
    "ไข้หวัดใหญ่": ("licence", "standards", "development", "legal", "finance"),
    "ส่วนบุคคล": ("legal",),
}
"""A word of the subject → the bureaus to which the letter goes."""

LEFT_ALONE = 3
"""How many of the newest letters are registered but not circulated yet."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo is played: the services, the files, and who acts."""

    services: Caller
    files: Files
    actors: dict[str, dict[str, Any]]

    def act(self, login: str, service: str, method: str, key: str, **told: Any) -> Any:
        """One act of an officer."""
        return self.services.call(
            service, method, timeout=60, actor=self.actors[login], command_id=f"demo:{key}", **told
        )


def seed(services: Caller, settings: Settings, today: date) -> None:
    """The demo agency, its officers, letters and mails, as of `today`."""
    _organise(services)
    logins = [officer["login"] for officer in officers()]
    actors = {login: services.call("registry", "acting_as", login=login) for login in logins}
    files = Files(settings.intake_address(), wiring.secret(settings), wiring.MachineClock())
    stage = Stage(services, files, actors)
    with TemporaryDirectory() as folder:
        make_demo(Path(folder), settings.assets_folder, today)
        letters = demo_letters(today)
        ids = [_receive(stage, letter, Path(folder) / letter.file_name) for letter in letters]
        for letter, letter_id in zip(letters[:-LEFT_ALONE], ids, strict=False):
            _circulate(stage, letter, letter_id)
        _draft_reply(stage, letters, ids)
        _drop_mails(Path(folder), settings)


def _organise(services: Caller) -> None:
    actor = to_wire(SYSTEM)
    agency: dict[str, Any] = {**AGENCY}
    services.call("registry", "name_agency", actor=actor, command_id="demo:agency", **agency)
    for unit in units():
        services.call("registry", "add_unit", actor=actor, command_id=f"demo:unit:{unit['unit_id']}", **unit)
    for officer in officers():
        command_id = f"demo:officer:{officer['officer_id']}"
        services.call(
            "registry", "appoint_officer", actor=actor, command_id=command_id, password=DEMO_PASSWORD, **officer
        )


def _receive(stage: Stage, letter: DemoLetter, path: Path) -> str:
    told = letter.particulars()
    clerk = "wichai" if told["secrecy"] != "normal" else "somsri"
    with path.open("rb") as data:
        kept = stage.files.put(data, name=path.name, actor=from_wire(stage.actors[clerk]))
    file = {name: kept[name] for name in ("sha256", "name", "media_type", "size")}
    received = stage.act(clerk, "registry", "receive", f"receive:{path.name}", particulars=told, files=[file])
    letter_id: str = received["letter_id"]
    return letter_id


def _circulate(stage: Stage, letter: DemoLetter, letter_id: str) -> None:
    subject, key = letter.particulars()["subject"], letter.file_name
    bureaus = next((names for word, names in BUREAUS.items() if word in subject), ("secretary",))
    clerk = "wichai" if letter.particulars()["secrecy"] != "normal" else "somsri"
    to = [{"kind": "unit", "id": name} for name in bureaus] if clerk == "somsri" else [{"kind": "unit", "id": "legal"}]
    stage.act(clerk, "routing", "circulate", f"circulate:{key}", letter_id=letter_id, to=to, note="เพื่อโปรดทราบ")
    if "licence" in bureaus and clerk == "somsri":
        stage.act("malee", "routing", "acknowledge", f"acknowledge:{key}", letter_id=letter_id)
        order = {"order": "assign", "to": {"kind": "officer", "id": "kanya"}, "text": "มอบ น.ส.กัญญา ตรวจสอบและเสนอ"}
        stage.act("prasit", "routing", "endorse", f"endorse:{key}", letter_id=letter_id, **order)


def _draft_reply(stage: Stage, letters: list[DemoLetter], ids: list[str]) -> None:
    """A reply of the licence bureau that waits for the signature of its head."""
    asked, letter_id = next(pair for pair in zip(letters, ids, strict=True) if "หารือการต่ออายุ" in pair[0].subject)
    drafted = stage.act(
        "malee",
        "registry",
        "draft",
        "reply",
        particulars={
            "subject": f"ตอบข้อหารือ{asked.subject.removeprefix('ขอหารือ')}",
            "addressee": asked.sender,
            "references": [f"หนังสือ{asked.sender} ที่ {asked.number} ลงวันที่ {asked.particulars()['dated']}"],
        },
        body=[
            "ตามหนังสือที่อ้างถึง ท่านหารือแนวทางการต่ออายุใบอนุญาตประกอบวิชาชีพครู ความละเอียดแจ้งแล้วนั้น",
            "สำนักงานเลขาธิการคุรุสภาพิจารณาแล้ว ผู้ลาศึกษาต่อยังคงต่ออายุใบอนุญาตได้ โดยใช้หลักฐานการลาศึกษาต่อประกอบคำขอ",
            "จึงเรียนมาเพื่อโปรดทราบ",
        ],
        recipients=[{"name": asked.sender, "channel": "email", "address": "saraban@otepc.go.th"}],
        in_reply_to=letter_id,
    )
    stage.act("malee", "registry", "present_draft", "present", letter_id=drafted["letter_id"], to_officer_id="prasit")


def _drop_mails(folder: Path, settings: Settings) -> None:
    """Put the mails into the Maildir, whole or not at all, as a mail server does."""
    box = settings.data_folder / "mail" / "in"
    for name in ("tmp", "new", "cur"):
        (box / name).mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.eml")):
        waiting = box / "tmp" / path.name
        waiting.write_bytes(path.read_bytes())
        waiting.replace(box / "new" / path.name)
