"""The demo's incoming e-mails, as the world really sends them: old Thai charsets, HTML only, and one that no program
can make sense of."""

from __future__ import annotations

import base64
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from saraban.demo.letters.almanac import Almanac
from saraban.demo.letters.letter import DemoLetter
from saraban.thai.dates import BANGKOK

CENTRAL = "ksp@saraban.mail.go.th"


def mailed_letters(today: date) -> list[DemoLetter]:
    """The letters that come by mail: one for each attachment of `demo_mails`, in its order."""
    almanac = Almanac(today)
    return [_roster(almanac), _survey(almanac), _agreement(almanac)]


def demo_mails(today: date, attachments: list[bytes]) -> dict[str, bytes]:
    """Five raw e-mails by file name. `attachments` are the PDFs of `mailed_letters`."""
    roster, survey, agreement = zip(mailed_letters(today), attachments, strict=True)
    return {
        "1-tis620-headers.eml": _in_raw_tis620(today, *roster),
        "2-tis620-encoded-words.eml": _in_tis620_words(today, *survey),
        "3-html-only.eml": _html_only(today),
        "4-two-files.eml": _modern(today, *agreement),
        "5-without-sender.eml": _without_sender(today),
    }


def _in_raw_tis620(today: date, letter: DemoLetter, pdf: bytes) -> bytes:
    """Subject, file name and body in bare TIS-620 bytes, without a word about their charset (an old office program)."""
    head = (
        f"Return-Path: <saraban@udn1.example.go.th>\r\n"
        f"Date: {_sent(today, 1, 9)}\r\n"
        f"From: งานสารบรรณ สพป.อุดรธานี เขต 1 <saraban@udn1.example.go.th>\r\n"
        f"To: {CENTRAL}\r\n"
        f"Subject: {letter.subject} (ที่ {letter.number})\r\n"
        f"Message-ID: <20611.7741@udn1.example.go.th>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="----=_Udon_620"\r\n'
        "\r\n"
        "------=_Udon_620\r\n"
        "Content-Type: text/plain\r\n"
        "Content-Transfer-Encoding: 8bit\r\n"
        "\r\n"
        f"เรียน {letter.addressee}\r\n\r\nขอส่งหนังสือ {letter.subject} ดังแนบ\r\nได้รับแล้วโปรดตอบรับด้วย\r\n"
        "------=_Udon_620\r\n"
        f'Content-Type: application/pdf; name="{letter.file_name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{letter.file_name}"\r\n'
        "\r\n"
    )
    return head.encode("cp874") + _base64(pdf) + b"------=_Udon_620--\r\n"


def _in_tis620_words(today: date, letter: DemoLetter, pdf: bytes) -> bytes:
    """Subject and file name as encoded words (RFC 2047) in TIS-620, the latter inside quotes, where none may be."""
    body = f"เรียน {letter.addressee}\r\n\r\nโปรดดูหนังสือตามแนบ ที่ {letter.number}\r\n"
    head = (
        f"Date: {_sent(today, 1, 13)}\r\n"
        f"From: {_word('สมาคมครูโรงเรียนเอกชน')} <office@private-teachers.example.or.th>\r\n"
        f"To: {CENTRAL}\r\n"
        f"Subject: {_words(letter.subject)}\r\n"
        "Message-ID: <a8c0.3321@private-teachers.example.or.th>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="=_b1_words"\r\n'
        "\r\n"
        "--=_b1_words\r\n"
        "Content-Type: text/plain; charset=windows-874\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        f"{base64.encodebytes(body.encode('cp874')).decode()}"
        "--=_b1_words\r\n"
        f'Content-Type: application/pdf; name="{_word(letter.file_name)}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{_word(letter.file_name)}"\r\n'
        "\r\n"
    )
    return head.encode("ascii") + _base64(pdf) + b"--=_b1_words--\r\n"


def _html_only(today: date) -> bytes:
    mail = EmailMessage()
    mail["Date"] = _sent(today, 2, 10)
    mail["From"] = "ศูนย์ประสานงานรัฐสภา <liaison@parliament.example.go.th>"
    mail["To"] = CENTRAL
    mail["Subject"] = "ขอทราบจำนวนผู้ได้รับใบอนุญาตประกอบวิชาชีพครู เพื่อตอบกระทู้ถาม"
    mail["Message-ID"] = "<html-only.5120@parliament.example.go.th>"
    mail.set_content(
        "<html><body><p>เรียน เลขาธิการคุรุสภา</p><p>ด้วยมีสมาชิกสภาผู้แทนราษฎร"
        "ตั้งกระทู้ถามเรื่อง<b>จำนวนครูที่ขาดแคลนในโรงเรียนขนาดเล็ก</b> "
        "จึงขอทราบจำนวนผู้ได้รับใบอนุญาตประกอบวิชาชีพครูแยกรายจังหวัด</p><ul><li>ปีปัจจุบัน</li><li>ย้อนหลังสามปี</li></ul>"
        "<p>ขอความกรุณาตอบภายในสัปดาห์นี้ จักขอบคุณยิ่ง</p></body></html>",
        subtype="html",
        cte="base64",
    )
    return mail.as_bytes()


def _modern(today: date, letter: DemoLetter, pdf: bytes) -> bytes:
    """UTF-8 throughout, file names by RFC 2231, and a second file beside the letter."""
    mail = EmailMessage()
    mail["Date"] = _sent(today, 3, 15)
    mail["From"] = "สารบรรณ สถาบันทดสอบ <saraban@testing.example.or.th>"
    mail["To"] = CENTRAL
    mail["Subject"] = f"{letter.subject} ที่ {letter.number}"
    mail["Message-ID"] = "<modern.77@testing.example.or.th>"
    mail.set_content(f"เรียน {letter.addressee}\n\nขอส่งหนังสือพร้อมสิ่งที่ส่งมาด้วย\n", cte="base64")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=letter.file_name)
    note = "ข้อ 1 ขอบเขตข้อมูลที่แลกเปลี่ยน\nข้อ 2 การรักษาความลับ\nข้อ 3 ระยะเวลาของบันทึกข้อตกลง\n"
    mail.add_attachment(note, subtype="plain", filename="ร่างบันทึกข้อตกลง.txt", cte="base64")
    mail.set_boundary("=_demo_two_files")
    return mail.as_bytes()


def _without_sender(today: date) -> bytes:
    """No sender, a multipart without its boundary, and torn base64: this one waits for a person."""
    return (
        f"Date: {_sent(today, 1, 3)}\r\n"
        f"To: {CENTRAL}\r\n"
        "Subject: =?utf-8?B?4Lir4LiZ4Lix4LiH4Liq4Li3?=\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed\r\n"
        "\r\n"
        "--nothing-announced-this\r\n"
        "Content-Type: application/pdf\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "\r\n"
        "JVBERi0xLjQKJeLjz9MK####torn####\r\n"
    ).encode("ascii")


def _roster(almanac: Almanac) -> DemoLetter:
    return DemoLetter(
        file_name="บัญชีรายชื่อครูดีเด่น.pdf",
        number="ศธ 04134/3051",
        dated=almanac.ago(1),
        agency="สำนักงานเขตพื้นที่การศึกษาประถมศึกษา\nอุดรธานี เขต 1",
        address="ถนนอธิบดี อำเภอเมืองอุดรธานี\nจังหวัดอุดรธานี 41000",
        subject="ส่งบัญชีรายชื่อครูผู้สมควรได้รับรางวัลครูดีเด่น",
        enclosures=("บัญชีรายชื่อ จำนวน 1 ชุด",),
        body=(
            (
                "ตามที่สำนักงานเลขาธิการคุรุสภาขอให้เสนอชื่อครูผู้สมควรได้รับรางวัลครูดีเด่น นั้น "
                "สำนักงานเขตพื้นที่การศึกษาได้คัดเลือกครูผู้มีผลงานเป็นที่ประจักษ์ จำนวน 12 ราย ตามบัญชีรายชื่อที่ส่งมาพร้อมนี้"
            ),
            "จึงเรียนมาเพื่อโปรดพิจารณา",
        ),
        signer_name="นายคำพอง ผาดี",
        signer_title="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษา\nอุดรธานี เขต 1",
        owner_unit="กลุ่มบริหารงานบุคคล",
        telephone="0 4200 1401",
    )


def _survey(almanac: Almanac) -> DemoLetter:
    return DemoLetter(
        file_name="ข้อเสนอค่าธรรมเนียมใบอนุญาต.pdf",
        number=f"สคอ. 45/{almanac.year}",
        dated=almanac.ago(1),
        agency="สมาคมครูโรงเรียนเอกชน",
        address="ถนนประชาราษฎร์ เขตบางซื่อ\nกรุงเทพฯ 10800",
        subject="ข้อเสนอการผ่อนชำระค่าธรรมเนียมใบอนุญาตประกอบวิชาชีพ",
        body=(
            (
                "สมาคมได้สำรวจความเห็นของครูโรงเรียนเอกชน 2,310 คน พบว่าร้อยละ 68 "
                "ประสงค์ให้ชำระค่าธรรมเนียมใบอนุญาตเป็นรายปีแทนการชำระครั้งเดียว "
                "เนื่องจากรายได้ลดลงจากจำนวนนักเรียนที่น้อยลง"
            ),
            "จึงเรียนมาเพื่อโปรดพิจารณาข้อเสนอดังกล่าว",
        ),
        signer_name="นางศุภลักษณ์ เอกวิทยา",
        signer_title="นายกสมาคมครูโรงเรียนเอกชน",
        owner_unit="ฝ่ายวิชาการ",
        telephone="0 2000 1402",
    )


def _agreement(almanac: Almanac) -> DemoLetter:
    return DemoLetter(
        file_name="ขอลงนามบันทึกข้อตกลง.pdf",
        number="สทศ. 0301/667",
        dated=almanac.ago(4),
        agency="สถาบันทดสอบทางการศึกษาแห่งชาติ (องค์การมหาชน)",
        address="อาคารพญาไทพลาซ่า ถนนพญาไท\nเขตราชเทวี กรุงเทพฯ 10400",
        subject="ขอเชิญร่วมลงนามบันทึกข้อตกลงการแลกเปลี่ยนข้อมูลผลการทดสอบ",
        enclosures=("ร่างบันทึกข้อตกลง จำนวน 1 ฉบับ",),
        body=(
            (
                "ด้วยสถาบันทดสอบทางการศึกษาแห่งชาติ (องค์การมหาชน) ประสงค์จะเชื่อมโยง"
                "ข้อมูลผลการทดสอบสมรรถนะทางวิชาชีพครูกับฐานข้อมูลใบอนุญาตของคุรุสภา "
                "เพื่อลดการใช้สำเนาเอกสารของผู้ขอรับใบอนุญาต"
            ),
            f"จึงขอเชิญท่านร่วมลงนามบันทึกข้อตกลงใน{almanac.on(20)} เวลา 10.00 น. ณ ห้องประชุมชั้น 36 อาคารพญาไทพลาซ่า",
            "จึงเรียนมาเพื่อโปรดพิจารณา",
        ),
        signer_name="รองศาสตราจารย์ ดร.ทดสอบ เที่ยงตรง",
        signer_title="ผู้อำนวยการสถาบันทดสอบทางการศึกษาแห่งชาติ",
        owner_unit="สำนักบริหารการทดสอบ",
        telephone="0 2000 1403",
    )


def _sent(today: date, days: int, hour: int) -> str:
    return format_datetime(datetime.combine(today - timedelta(days=days), time(hour, 12), BANGKOK))


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _word(text: str) -> str:
    return f"=?tis-620?B?{base64.b64encode(text.encode('cp874')).decode()}?="


def _words(text: str) -> str:
    """Encoded words of at most 75 characters each, as RFC 2047 wants them."""
    return "\r\n ".join(_word(text[start : start + 40]) for start in range(0, len(text), 40))
