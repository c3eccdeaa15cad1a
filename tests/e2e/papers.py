"""The letter of the story and the mails around it."""

from __future__ import annotations

import email
import uuid
from email.message import EmailMessage, Message
from pathlib import Path

from saraban.paper.external_letter import render

ROOT = Path(__file__).parents[2]

SUBJECT = "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัยในจังหวัดสงขลา"
SENDER = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
BODY = (
    "ด้วยเกิดอุทกภัยในอำเภอหาดใหญ่ สะพานข้ามคลองอู่ตะเภาขาดสองแห่ง ครู ๑๒๘ รายเดินทางไปต่ออายุใบอนุญาตไม่ทันกำหนด",
    "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ขยายกำหนดเวลาดังกล่าวด้วย จะขอบคุณยิ่ง",
)


def flood_letter(path: Path, number: str = "ศธ ๐๔๐๐๙/๙๘๗") -> Path:
    """A PDF from สพฐ. about the flood."""
    letter = {
        "agency": SENDER,
        "address": "กระทรวงศึกษาธิการ กทม. ๑๐๓๐๐",
        "number": number,
        "dated": "2026-11-20",
        "subject": SUBJECT,
        "addressee": "เลขาธิการคุรุสภา",
        "body": BODY,
        "signer_name": "นายอำนาจ ดีงาม",
        "signer_title": "รองเลขาธิการ",
        "signed_by": "นายอำนาจ ดีงาม",
        "urgency": "very_urgent",
    }
    render(letter, str(path), str(ROOT / "node_modules"))
    return path


def tis620_mail(pdf: bytes) -> bytes:
    """A mail whose subject and file name are bare TIS-620, as an old office program sends it."""
    import base64

    head = (
        "From: งานสารบรรณ มหาวิทยาลัยราชภัฏสงขลา <saraban@skru.example.ac.th>\r\n"
        "To: ksp@saraban.mail.go.th\r\n"
        "Subject: ขอส่งรายชื่อผู้สำเร็จการศึกษาวิชาชีพครู\r\n"
        "Message-ID: <story.1@skru.example.ac.th>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="=_story"\r\n\r\n'
        "--=_story\r\nContent-Type: text/plain\r\n\r\nขอส่งหนังสือดังแนบ\r\n"
        '--=_story\r\nContent-Type: application/pdf; name="รายชื่อ.pdf"\r\n'
        'Content-Disposition: attachment; filename="รายชื่อ.pdf"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("cp874") + base64.encodebytes(pdf) + b"--=_story--\r\n"


def broken_mail() -> bytes:
    """A mail that nobody sent."""
    return b"Date: Mon, 23 Nov 2026 08:00:00 +0700\r\nSubject: \r\nTo: ksp@saraban.mail.go.th\r\n\r\n...\r\n"


def their_receipt(ours: Message) -> bytes:
    """A clerk at the other end answers our mail."""
    mail = EmailMessage()
    mail["From"] = f"สารบรรณ <{ours['X-Envelope-To']}>"
    mail["To"] = "ksp@saraban.mail.go.th"
    mail["Subject"] = "Re: " + str(email.header.make_header(email.header.decode_header(ours["Subject"])))
    mail["In-Reply-To"] = ours["Message-ID"]
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@obec.example.go.th>"
    mail.set_content("ได้รับแล้ว เลขรับ 8841/2569\n", cte="base64")
    return mail.as_bytes()


def drop(folder: Path, raw: bytes) -> None:
    """Put a mail into the Maildir as mail programs do: written aside, then moved in at once."""
    box, name = folder / "mail" / "in", uuid.uuid4().hex
    (box / "tmp" / name).write_bytes(raw)
    (box / "tmp" / name).replace(box / "new" / name)


def outbox(folder: Path) -> list[Message]:
    """What has left so far."""
    return [email.message_from_bytes(path.read_bytes()) for path in sorted((folder / "mail" / "out").glob("*.eml"))]


def sent_to(folder: Path, address: str) -> list[Message]:
    """What has left to one address."""
    return [mail for mail in outbox(folder) if address in str(mail["X-Envelope-To"])]
