"""The main job, as officers do it in their browsers: a letter comes in, is circulated, found, answered; mail comes and
goes. Pictures of the pages on the way are kept in build/screenshots."""

from __future__ import annotations

import hashlib
import re
import time

import pytest

from tests.e2e import papers
from tests.house import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPLY = "ขอเรียนว่าได้ขยายกำหนดเวลาต่ออายุใบอนุญาตของครูทั้ง ๑๒๘ รายแล้ว"


def test_a_letter_comes_in_and_the_office_handles_it(desk_of, house, shots, tmp_path):
    pdf = papers.flood_letter(tmp_path / "หนังสือ สพฐ.pdf")
    somsri, prasit, piti, nida, anan = map(desk_of, ("somsri", "prasit", "piti", "nida", "anan"))

    letter = the_clerk_receives_it(somsri, pdf, shots)
    the_clerk_circulates_it(somsri, letter, readers=(prasit, piti, nida), shots=shots)
    the_readers_acknowledge_and_the_head_orders(prasit, piti, letter, shots)
    the_officer_does_what_was_ordered(anan, letter, shots)
    everybody_sees_what_happened(somsri, letter, shots)
    those_allowed_find_it_and_others_do_not(anan, desk_of("duangjai"), shots)
    number = the_reply_is_drafted_signed_and_sent(anan, prasit, desk_of("malee"), letter, shots)
    the_other_agency_acknowledges(house, desk_of("malee"), number, shots)

    assert [desk.complaints for desk in (somsri, prasit, piti, nida, anan)] == [[], [], [], [], []]


def test_a_mail_becomes_a_registered_letter_and_its_sender_is_told(desk_of, house, shots, tmp_path):
    pdf = papers.flood_letter(tmp_path / "แนบ.pdf").read_bytes()
    somsri = desk_of("somsri")
    mail = papers.tis620_mail(pdf)

    papers.drop(house.folder, mail)
    until(lambda: waits_in_tray(somsri, "ขอส่งรายชื่อผู้สำเร็จการศึกษาวิชาชีพครู"))
    papers.drop(house.folder, mail)
    until(lambda: papers.sent_to(house.folder, "saraban@skru.example.ac.th"))
    somsri.picture(shots, "tray")
    the_clerk_confirms_and_numbers_it(somsri, shots)

    until(lambda: len(papers.sent_to(house.folder, "saraban@skru.example.ac.th")) == 2)
    assert not waits_in_tray(somsri, "ขอส่งรายชื่อผู้สำเร็จการศึกษาวิชาชีพครู")
    assert somsri.complaints == []


def test_a_mail_that_cannot_be_understood_waits_for_a_clerk(desk_of, house, shots):
    somsri = desk_of("somsri")

    papers.drop(house.folder, papers.broken_mail())
    until(lambda: quarantined(somsri, "จดหมายไม่มีผู้ส่ง"))
    somsri.picture(shots, "quarantine")
    somsri.page.locator(".line-subject").first.click()
    somsri.picture(shots, "quarantined")
    the_clerk_registers_it_by_hand(somsri)

    somsri.sees("สร้างเป็นหนังสือรอลงทะเบียนแล้ว")
    assert somsri.complaints == []


def test_a_file_that_came_before_is_told_and_leads_to_its_letter(desk_of, tmp_path, shots):
    somsri, pdf = desk_of("somsri"), papers.flood_letter(tmp_path / "ซ้ำ.pdf", number="ศธ ๐๔๐๐๙/๑๐๐๑")
    for subject in ("หนังสือที่มาก่อน", "หนังสือที่มาทีหลัง"):
        somsri.go("/receive")
        somsri.page.locator("input[type=file]").set_input_files(pdf)
        somsri.page.locator(".upload.done").wait_for()
        if subject == "หนังสือที่มาทีหลัง":
            break
        fill(somsri.page, subject=subject)
        somsri.press("ลงทะเบียนรับ")
        somsri.page.wait_for_url(re.compile("/received"))

    somsri.sees("ไฟล์นี้เคยเข้าระบบแล้ว")
    earlier = somsri.page.get_by_role("link", name=re.compile("หนังสือที่มาก่อน"))
    earlier.wait_for()
    somsri.picture(shots, "receive-again")

    assert re.match("/letters/", earlier.get_attribute("href"))
    assert somsri.page.get_by_role("button", name="ลงทะเบียนรับ", exact=True).is_enabled()


def the_clerk_receives_it(somsri, pdf, shots) -> str:
    """Upload, particulars, number; the original stays as it came. Answers the letter's address."""
    page = somsri.page
    somsri.room("รับหนังสือ")
    page.locator("input[type=file]").set_input_files(pdf)
    page.locator(".upload.done").wait_for()
    somsri.pdf_is_open()
    fill(page, number="ที่ ศธ ๐๔๐๐๙/๙๘๗", dated="29 ก.พ. 2566", sender=papers.SENDER, subject=papers.SUBJECT)
    page.select_option("[name=urgency]", "very_urgent")
    somsri.press("ลงทะเบียนรับ")
    somsri.sees("ไม่มีวันที่ 29 ในเดือนกุมภาพันธ์ พ.ศ. 2566")
    somsri.picture(shots, "receive")
    page.fill("[name=dated]", "๒๐/๑๑/๒๕๖๙")
    somsri.sees("วันศุกร์ที่ 20 พฤศจิกายน 2569")
    somsri.press("ลงทะเบียนรับ")
    page.wait_for_url(re.compile("/received"))
    assert re.fullmatch(r"\d+/2569", page.locator(".issued-number").inner_text())
    somsri.pdf_is_open()
    somsri.picture(shots, "received")
    assert "เลขรับ" in page.locator(".textLayer").first.inner_text()
    letter = page.url.split("/received", maxsplit=1)[0].replace(somsri.base, "")
    assert original_of(somsri) == hashlib.sha256(pdf.read_bytes()).hexdigest()
    return letter


def the_clerk_circulates_it(somsri, letter, readers, shots) -> None:
    """To two bureaus and one officer by name, whose open inboxes show it by themselves."""
    for reader in readers:
        reader.go("/inbox")
        reader.page.evaluate("window.notReloaded = true")
    page = somsri.page
    page.get_by_role("link", name="เวียนหนังสือ").click()
    page.wait_for_url(re.compile(letter))
    for sought in ("สำนักทะเบียน", "สำนักมาตรฐาน", "นิดา"):
        page.locator("#circulate [data-sought]").fill(sought)
        page.locator("#circulate .options .option").first.wait_for()
        until(lambda sought=sought: sought in page.locator("#circulate .options .option").first.inner_text())
        page.locator("#circulate .options input").first.check()
    page.fill("#circulate [name=note]", "โปรดพิจารณาโดยเร็ว")
    assert page.locator("#circulate [data-chosen] input").count() == 3
    somsri.picture(shots, "circulate")
    began = time.monotonic()
    page.locator("#circulate .button.main").click()
    for reader in readers:
        reader.sees(papers.SUBJECT)
        print(f"{reader.login} sees it after {time.monotonic() - began:.2f} s")
        assert reader.page.evaluate("window.notReloaded") is True
    readers[0].picture(shots, "inbox")
    somsri.sees("เวียนหนังสือแล้ว")


def the_readers_acknowledge_and_the_head_orders(prasit, piti, letter, shots) -> None:
    piti.page.get_by_text(papers.SUBJECT).first.click()
    piti.pdf_is_open()
    piti.press("รับทราบ")
    piti.sees("บันทึกการรับทราบแล้ว")
    prasit.page.get_by_text(papers.SUBJECT).first.click()
    prasit.pdf_is_open()
    prasit.picture(shots, "letter-of-the-head")
    page = prasit.page
    page.locator("#endorse summary").click()
    page.fill("#endorse [name=text]", "ให้ตรวจรายชื่อครูทั้ง ๑๒๘ ราย แล้วรายงาน")
    page.select_option("#endorse [name=order]", "assign")
    page.fill("#endorse [name=due]", "30 พ.ย. 2569")
    page.locator("#endorse [data-sought]").fill("อนันต์")
    page.locator("#endorse .options input[value='officer:anan']").check()
    page.locator("#endorse .button.main").click()
    prasit.sees("บันทึกเกษียนแล้ว")
    prasit.press("รับทราบ")
    prasit.sees("บันทึกการรับทราบแล้ว")


def the_officer_does_what_was_ordered(anan, letter, shots) -> None:
    anan.go("/inbox?which=actions")
    anan.sees("ภายใน 30 พ.ย. 2569")
    anan.picture(shots, "inbox-actions")
    anan.page.get_by_text(papers.SUBJECT).first.click()
    anan.page.fill(".turn [name=note]", "ตรวจแล้ว ครบทุกราย")
    anan.press("ดำเนินการแล้ว")
    anan.sees("แจ้งผลการดำเนินการแล้ว")


def everybody_sees_what_happened(somsri, letter, shots) -> None:
    somsri.go(letter)
    history = somsri.page.locator(".history").inner_text()
    for told in ("ลงทะเบียนรับ เลขรับ", "เวียนถึง สำนักทะเบียนและใบอนุญาต", "ทราบ", "เกษียน", "สั่งการ “มอบหมาย” ถึง",
                 "ดำเนินการตามคำสั่ง “มอบหมาย” แล้ว", "นายประสิทธิ์ มั่นคง"):  # fmt: skip
        assert told in history
    unread = somsri.page.locator(".reader", has_text="ยังไม่อ่าน").all_inner_texts()
    assert any("นิดา" in reader for reader in unread)
    assert not any("ปิติ" in reader for reader in unread)
    somsri.picture(shots, "letter")
    somsri.room("ทะเบียนหนังสือรับ")
    somsri.sees(papers.SUBJECT)
    somsri.picture(shots, "register")


def those_allowed_find_it_and_others_do_not(anan, duangjai, shots) -> None:
    for words in ("สะพานข้ามคลองอู่ตะเภา", "ตะเภาขาดสอง", "ครูผู้ประสบอุทกภัย", "ศธ04009/987", "ศธ ๐๔๐๐๙ / ๙๘๗"):
        until(lambda words=words: finds(anan, words))
        assert anan.page.locator("mark").count() > 0
    anan.picture(shots, "search")
    assert not finds(duangjai, "สะพานข้ามคลองอู่ตะเภา")


def the_reply_is_drafted_signed_and_sent(anan, prasit, malee, letter, shots) -> str:
    """Answers the number under which it was sent."""
    page = anan.page
    anan.go(letter)
    page.get_by_role("link", name="ตอบหนังสือ").click()
    page.fill("[name=recipient_address]", "saraban@obec.example.go.th")
    page.fill("[name=addressee]", "เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน")
    page.locator("[name=body]").last.fill(REPLY)
    anan.press("เพิ่มย่อหน้า")
    page.keyboard.type("จึงเรียนมาเพื่อโปรดทราบ")
    page.locator(".paper", has_text="จึงเรียนมาเพื่อโปรดทราบ").wait_for()
    anan.press("บันทึกร่าง")
    anan.sees("บันทึกร่างหนังสือแล้ว")
    anan.picture(shots, "draft")
    page.select_option("[name=to_officer_id]", "prasit")
    anan.press("เสนอลงนาม")
    anan.sees("เสนอลงนามแล้ว")
    anan.picture(shots, "drafts")
    prasit.room("รอลงนาม")
    prasit.picture(shots, "to-sign")
    prasit.page.locator(".line-subject").first.click()
    prasit.picture(shots, "sign")
    prasit.press("ลงนามและออกเลขที่หนังสือ")
    prasit.sees("ลงนามแล้ว ออกเลขที่หนังสือ ศธ")
    number = prasit.page.locator(".letter-head .number").inner_text()
    malee.go("/outgoing?which=letters")
    malee.page.locator(".line", has_text=number).locator(".line-subject").click()
    until(lambda: opens_fair_copy(malee))
    malee.press("ส่งหนังสือ")
    malee.sees("ส่งหนังสือแล้ว")
    malee.sees("ส่งแล้ว รอตอบรับ")
    malee.picture(shots, "letter-sent")
    return number


def the_other_agency_acknowledges(house, malee, number, shots) -> None:
    ours = until(lambda: papers.sent_to(house.folder, "saraban@obec.example.go.th"))
    assert len(ours) == 1
    assert any(part.get_content_type() == "application/pdf" for part in ours[0].walk())
    papers.drop(house.folder, papers.their_receipt(ours[0]))

    def told() -> bool:
        malee.go("/outgoing?which=all")
        return malee.page.locator(".line", has_text="8841/2569").count() == 1

    until(told)
    malee.picture(shots, "outgoing")
    malee.page.locator(".line", has_text="8841/2569").locator(".line-subject").click()
    malee.sees("เลขรับของผู้รับ")
    assert number in malee.page.locator(".letter-head").inner_text()


def the_clerk_confirms_and_numbers_it(somsri, shots) -> None:
    page = somsri.page
    page.get_by_text("ขอส่งรายชื่อผู้สำเร็จการศึกษาวิชาชีพครู").first.click()
    assert page.input_value("[name=subject]") == "ขอส่งรายชื่อผู้สำเร็จการศึกษาวิชาชีพครู"
    somsri.sees("รายชื่อ.pdf")
    somsri.pdf_is_open()
    somsri.picture(shots, "tray-letter")
    fill(page, number="อว 0655/12", dated="19 พ.ย. 2569", sender="มหาวิทยาลัยราชภัฏสงขลา")
    somsri.press("ยืนยันและออกเลขรับ")
    page.wait_for_url(re.compile("/received"))


def the_clerk_registers_it_by_hand(somsri) -> None:
    fill(somsri.page, subject="ขอให้ตรวจสอบเอกสาร", sender="ไม่ปรากฏหน่วยงาน")
    somsri.press("สร้างเป็นหนังสือ")


def fill(page, **values: str) -> None:
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)


def original_of(desk) -> str:
    """The SHA-256 of the letter's file as the page offers it for download."""
    path = desk.page.locator(".viewer-file").first.get_attribute("data-download")
    return hashlib.sha256(desk.page.request.get(f"{desk.base}{path}").body()).hexdigest()


def opens_fair_copy(desk) -> bool:
    desk.page.reload()
    return desk.page.locator(".viewer").count() == 1


def waits_in_tray(desk, subject) -> bool:
    desk.go("/tray")
    return desk.page.locator(".line", has_text=subject).count() == 1


def quarantined(desk, reason) -> bool:
    desk.go("/quarantine")
    return desk.page.get_by_text(reason).count() >= 1


def finds(desk, words) -> bool:
    desk.go("/search")
    desk.page.locator("main [name=q]").fill(words)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url(re.compile("q="))
    return desk.page.locator(".line", has_text=papers.SUBJECT[:20]).count() >= 1
