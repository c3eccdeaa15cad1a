"""`kill -9` at any moment of the story: it completes after the next start, and nothing is lost or doubled."""

from __future__ import annotations

import email
import email.policy
import http.client
import random
import re
import threading
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.bench.house import text_pdf
from tests.house import Client, House

SEED = 20261123
KILLS = 4
MOST_ROUNDS = 80
PATIENCE = 90.0

SERVICES = ("intake", "registry", "routing", "search", "mail")


class Persistent:
    """An officer who repeats what failed, with the same key, as the pages do."""

    def __init__(self, house: House, token: str) -> None:
        self._house = house
        self._token = token

    def did(self, method: str, path: str, body: Any = None, *, key: str, **more: Any) -> Any:
        limit = time.monotonic() + PATIENCE
        last: Any = None
        while time.monotonic() < limit:
            client = Client(self._house.port, self._token)
            try:
                status, last = client.ask(method, path, body, key=key, **more)
            except (OSError, http.client.HTTPException) as error:
                last = error
            else:
                if status < 300:
                    return last
                assert status in {404, 409, 500, 502, 503}, (status, last)
            finally:
                client.close()
            time.sleep(0.1)
        raise AssertionError((method, path, last))


def story(round_number: int, house: House, officers: dict[str, Persistent]) -> None:
    """Received with a file, circulated, acknowledged, endorsed with an order that is done; answered and sent."""
    key, clerk = f"round-{round_number}", officers["somsri"]
    pdf = text_pdf(f"หนังสือฉบับที่ {round_number} เรื่องน้ำท่วมโรงเรียน")
    file = clerk.did(
        "POST", f"/files?name=letter-{round_number}.pdf", pdf, key=key, headers={"Content-Type": "application/pdf"}
    )
    ref = {name: file[name] for name in ("sha256", "name", "media_type", "size")}
    told = {"subject": f"น้ำท่วมโรงเรียน รอบ {round_number}", "number": f"ศธ ๐๔๐๐๙/{round_number}", "sender": "สพฐ."}
    letter = clerk.did("POST", "/letters", {"particulars": told, "files": [ref]}, key=f"{key}-receive")["letter_id"]
    path = f"/letters/{letter}"
    to = [{"kind": "unit", "id": "licence"}, {"kind": "officer", "id": "piti"}]
    clerk.did("POST", f"{path}/circulations", {"to": to, "note": "เพื่อทราบ"}, key=f"{key}-circulate")
    officers["anan"].did("POST", f"{path}/acknowledgement", {}, key=f"{key}-acknowledge")
    order = {"text": "มอบ อนันต์ ดำเนินการ", "order": "assign", "to": {"kind": "officer", "id": "anan"}}
    ordered = officers["prasit"].did("POST", f"{path}/endorsements", order, key=f"{key}-endorse")
    done = {"note": "ดำเนินการแล้ว"}
    officers["anan"].did("POST", f"{path}/actions/{ordered['action_id']}/completion", done, key=f"{key}-done")
    answer(key, letter, officers)


def answer(key: str, letter: str, officers: dict[str, Persistent]) -> None:
    draft = {
        "particulars": {"subject": f"ตอบรับ {key}", "addressee": "เลขาธิการ กพฐ."},
        "body": ["ตามหนังสือที่อ้างถึง", "จึงเรียนมาเพื่อโปรดทราบ"],
        "recipients": [{"name": "สพฐ.", "channel": "email", "address": "saraban@obec.go.th"}],
        "in_reply_to": letter,
    }
    reply = officers["anan"].did("POST", "/drafts", draft, key=f"{key}-draft")["letter_id"]
    officers["anan"].did("POST", f"/drafts/{reply}/presentation", {"to_officer_id": "prasit"}, key=f"{key}-present")
    officers["prasit"].did("POST", f"/drafts/{reply}/signature", {}, key=f"{key}-sign")
    officers["anan"].did("POST", f"/drafts/{reply}/dispatch", {}, key=f"{key}-send")


def drop_mail(house: House, number: int) -> None:
    """A mail as another agency sends it, put into the Maildir as a mail server does."""
    mail = EmailMessage()
    mail["From"] = f"สำนักงาน กพฐ. <office{number}@obec.go.th>"
    mail["To"] = "ksp@saraban.mail.go.th"
    mail["Subject"] = f"ขอเชิญประชุมครั้งที่ {number}"
    mail["Message-ID"] = f"<meeting-{number}@obec.go.th>"
    mail.set_content("เรียน เลขาธิการคุรุสภา ขอเชิญประชุมตามสิ่งที่ส่งมาด้วย")
    pdf = text_pdf(f"กำหนดการประชุมครั้งที่ {number}")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="กำหนดการ.pdf")
    box = house.folder / "mail" / "in"
    (box / "tmp" / f"m{number}").write_bytes(mail.as_bytes(policy=email.policy.SMTP))
    (box / "tmp" / f"m{number}").rename(box / "new" / f"m{number}")


class Killer(threading.Thread):
    """Kills the process at random moments and starts it again."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self.house = house
        self.moments = random.Random(SEED)
        self.kills = 0
        self.enough = threading.Event()

    def run(self) -> None:
        while self.kills < KILLS and not self.enough.wait(self.moments.uniform(0.3, 3.0)):
            self.house.kill()
            self.kills += 1
            self.house.start()


def sent_mails(house: House) -> list[EmailMessage]:
    files = [path for path in (house.folder / "mail" / "out").rglob("*.eml") if path.is_file()]
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


@pytest.mark.slow
def test_the_story_completes_whenever_the_process_is_killed(tmp_path: Path):
    with House(tmp_path / "data") as house:
        before = len(house.told("register", "print", "receive", "--as", "somsri"))
        officers = {login: Persistent(house, house.token(login)) for login in ("somsri", "anan", "prasit", "piti")}
        rounds = play(house, officers)
        wait_until_quiet(house, officers["somsri"], rounds)
        house.stop()

    check_numbers(house, before, rounds)
    check_mails(house, rounds)
    assert house.command("audit", "verify").returncode == 0
    replayed = house.command("replay", *SERVICES, "--check")
    assert replayed.returncode == 0, replayed.stdout
    assert house.told("parked", "list") == []


def play(house: House, officers: dict[str, Persistent]) -> int:
    """Rounds of the story until the process was killed often enough; answers how many there were."""
    killer = Killer(house)
    killer.start()
    rounds = 0
    try:
        while killer.kills < KILLS and rounds < MOST_ROUNDS:
            drop_mail(house, rounds)
            story(rounds, house, officers)
            rounds += 1
    finally:
        killer.enough.set()
        killer.join()
    assert killer.kills >= KILLS
    return rounds


def wait_until_quiet(house: House, clerk: Persistent, rounds: int) -> None:
    """All mails understood and acknowledged, all replies out."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        tray = clerk.did("GET", "/letters?which=tray&limit=200", key="-")["rows"]
        invited = [row for row in tray if row["subject"].startswith("ขอเชิญประชุมครั้งที่")]
        out = Counter(kind_of(mail) for mail in sent_mails(house))
        if len(invited) == rounds and out["reply"] == rounds and out["receipt"] == rounds:
            return
        time.sleep(0.2)
    raise AssertionError((len(invited), out))


def kind_of(mail: EmailMessage) -> str:
    """What a mail in the outbox is: one of our replies to สพฐ., a receipt to an invitation, or of the demo."""
    to = str(mail["To"])
    if "saraban@obec.go.th" in to and "ตอบรับ round-" in str(mail["Subject"]):
        return "reply"
    return "receipt" if re.search(r"office\d+@obec", to) else "demo"


def check_numbers(house: House, before: int, rounds: int) -> None:
    received = house.told("register", "print", "receive", "--as", "somsri")
    sent = house.told("register", "print", "send", "--as", "prasit")

    numbers = [row["number"] for row in received]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == before + rounds
    answers = [row for row in sent if row["subject"] and row["subject"].startswith("ตอบรับ round-")]
    assert len(answers) == rounds
    assert [row["number"] for row in sent] == list(range(1, len(sent) + 1))


def check_mails(house: House, rounds: int) -> None:
    mails = sent_mails(house)

    ids = Counter(str(mail["Message-ID"]) for mail in mails)
    assert not [one for one, times in ids.items() if times > 1]
    kinds = Counter(kind_of(mail) for mail in mails)
    assert (kinds["reply"], kinds["receipt"]) == (rounds, rounds)
