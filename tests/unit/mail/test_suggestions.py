from __future__ import annotations

import pytest

from services.mail.understanding.suggestions import suggest
from tests.unit.mail.letters_by_mail import PDF, mail, multipart, part, understood, words


def suggested(subject: str = "แจ้งเวียน", body: str = "", **more: bytes) -> dict[str, object]:
    read = understood(mail(subject=subject.encode(), body=body.encode(), **more))
    return suggest(read, read.flags)


@pytest.mark.parametrize(
    ("subject", "suggestion"),
    [
        ("แจ้งเวียน", "แจ้งเวียน"),
        ("Re: Fwd: FW : แจ้งเวียน", "แจ้งเวียน"),
        ("ตอบกลับ: ส่งต่อ: แจ้งเวียน", "แจ้งเวียน"),
        ("รายงาน: Re-use", "รายงาน: Re-use"),
        ("ที่ ศธ ๐๔๐๐๙/ว ๑๒๓ เรื่อง แจ้งเวียน", "แจ้งเวียน"),
        ("(ด่วนมาก) ที่ ศธ ๐๔๐๐๙/๑๒๓ ลงวันที่ ๒๐ พฤศจิกายน ๒๕๖๙ เรื่อง: แจ้งเวียน", "แจ้งเวียน"),
        ("แจ้งเวียน (ที่ ศธ 04134/3051)", "แจ้งเวียน"),
        ("แจ้งเวียน ที่ สทศ. 0301/667", "แจ้งเวียน"),
        ("ที่ ศธ ๐๔๐๐๙/๑๒๓", "ที่ ศธ ๐๔๐๐๙/๑๒๓"),
        ("การประชุมที่กรุงเทพฯ", "การประชุมที่กรุงเทพฯ"),
    ],
)
def test_the_subject_is_suggested_without_what_programs_put_before_it(subject: str, suggestion: str) -> None:
    assert suggested(subject)["subject"] == suggestion


def test_a_mail_without_a_subject_suggests_the_line_of_the_letter_then_the_name_of_the_file() -> None:
    by_file = understood(multipart(words("x"), part(PDF, disposition=b"attachment; filename=w123.pdf"), subject=b""))

    assert suggested("", "เรื่อง  ขอเชิญประชุม\nเรียน ผอ.")["subject"] == "ขอเชิญประชุม"
    assert suggest(by_file, ())["subject"] == "w123"
    assert suggested("", "ไม่มีอะไรบอกเรื่อง")["subject"] == "(ไม่มีชื่อเรื่อง)"


@pytest.mark.parametrize(
    ("subject", "body", "number"),
    [
        ("ที่ ศธ ๐๔๐๐๙/ว ๑๒๓ เรื่อง น้ำท่วม", "", "ศธ ๐๔๐๐๙/ว ๑๒๓"),
        ("ส่งหนังสือที่ศธ04009/123", "", "ศธ04009/123"),
        ("แจ้งเวียน", "ตามหนังสือ ที่ กค (กวจ) 0405.2/ว 119 ลงวันที่ 7 มีนาคม 2561", "กค (กวจ) 0405.2/ว 119"),
        ("ขอเชิญร่วมลงนาม ที่ สทศ. 0301/667", "", "สทศ. 0301/667"),
        ("แจ้งเวียน", "โทร 02/2801234", ""),
        ("แจ้งเวียน", "เวลา 10.00 น. 5/11", ""),
        ("ปีงบประมาณ 2569/2570", "", ""),
    ],
)
def test_a_letter_number_is_suggested_where_one_stands(subject: str, body: str, number: str) -> None:
    assert suggested(subject, body)["number"] == number


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("ลงวันที่ ๒๐ พฤศจิกายน ๒๕๖๙", "2026-11-20"),
        ("ลงวันที่ 20 พ.ย. พ.ศ. 2569", "2026-11-20"),
        ("ลว. 20/11/2569", "2026-11-20"),
        ("ลงวันที่ 29 ก.พ. 2566 และลงวันที่ 1 มีนาคม 2566", "2023-03-01"),
        ("ลงวันที่ 20 พ.ย. 69", None),
        ("ไม่มีวัน", None),
    ],
)
def test_a_date_is_suggested_when_it_is_one(text: str, dated: str | None) -> None:
    assert suggested(body=text)["dated"] == dated


@pytest.mark.parametrize(
    ("subject", "urgency", "secrecy"),
    [
        ("ด่วนที่สุด แจ้งเวียน", "most_urgent", "normal"),
        ("[ด่วนมาก] แจ้งเวียน", "very_urgent", "normal"),
        ("ด่วน: แจ้งเวียน", "urgent", "normal"),
        ("เปิดใช้ทางด่วนสายใหม่", "normal", "normal"),
        ("(ลับ) แจ้งเวียน", "normal", "confidential"),
        ("ลับมาก ด่วน", "urgent", "secret"),
        ("ความลับของจักรวาล", "normal", "normal"),
        ("กลับ", "normal", "normal"),
    ],
)
def test_urgency_and_secrecy_are_suggested_when_they_stand_alone(subject: str, urgency: str, secrecy: str) -> None:
    read = suggested(subject)

    assert (read["urgency"], read["secrecy"]) == (urgency, secrecy)


def test_a_top_secret_mark_suggests_the_highest_class_that_has_files_and_warns() -> None:
    read = suggested("ลับที่สุด แจ้งเวียน")

    assert read["secrecy"] == "secret"
    assert "ลับที่สุด" in str(read["remark"])


def test_the_sender_is_suggested_by_name_or_else_by_address() -> None:
    assert suggested(sender="สพฐ. <a@obec.go.th>".encode())["sender"] == "สพฐ."
    assert suggested(sender=b"a@obec.go.th")["sender"] == "a@obec.go.th"


def test_the_addressee_is_suggested_from_the_words() -> None:
    assert suggested(body="เรียน  เลขาธิการคุรุสภา\nตามที่")["addressee"] == "เลขาธิการคุรุสภา"


def test_the_remark_holds_what_a_clerk_should_know_and_the_words_of_the_mail() -> None:
    remark = str(suggested("", "ดาวน์โหลด https://drive.google.com/x")["remark"])

    assert "ไม่มีชื่อเรื่อง" in remark
    assert "ลิงก์แทนไฟล์แนบ" in remark
    assert remark.endswith("ดาวน์โหลด https://drive.google.com/x")
