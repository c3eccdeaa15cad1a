from __future__ import annotations

import json
import re

import pytest

from saraban.contracts.errors.accounts import WrongPassword
from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.errors.dates import NoSuchDay, TimeMissing
from saraban.contracts.errors.letters import LetterNotFound, NotInThisState
from saraban.contracts.errors.routing import AddresseeWithoutOrder, NoAddressee, OrderWithoutAddressee
from tests.unit.portal.fakes import CLERK, CSRF

FLOOD = {
    "subject": "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย",
    "number": "ศธ 04009/123",
    "dated": "2026-11-20",
    "sender": "สพฐ.",
    "addressee": "เลขาธิการคุรุสภา",
    "kind": "external",
    "urgency": "very_urgent",
    "secrecy": "normal",
    "references": [],
    "enclosures": [],
    "remark": "",
}
PDF = {"sha256": "a" * 64, "name": "หนังสือ.pdf", "media_type": "application/pdf", "size": 29_000, "role": "letter"}
LETTER = {
    "letter_id": "l1",
    "direction": "incoming",
    "status": "registered",
    "particulars": FLOOD,
    "files": [PDF],
    "channel": "upload",
    "arrived_at": "2026-11-23T02:14:00+00:00",
    "registrations": [
        {
            "unit_id": "central",
            "unit_name": "กลุ่มสารบรรณ",
            "number": 12,
            "shown": "12/2569",
            "registered_at": "2026-11-23T02:15:00+00:00",
            "voided": False,
        }
    ],
    "sent_number": None,
    "dated": None,
    "body": [],
    "recipients": [],
    "closing": "",
    "signature": None,
    "presented_to": None,
    "returned_reason": None,
    "in_reply_to": None,
    "answered_by": None,
    "reply_to": None,
    "unit_id": None,
}
NOBODY = {
    "readers": [],
    "counts": {"all": 0, "read": 0, "acknowledged": 0},
    "units": [],
    "not_read": [],
    "actions": [],
    "endorsements": [],
    "mine": None,
}
UNITS = [
    {
        "unit_id": "licence",
        "name": "สำนักทะเบียน",
        "short_name": "สทบ.",
        "code": "ศธ ๕๑๐๒",
        "parent_id": None,
        "central": False,
    }
]
OFFICERS = [
    {"officer_id": "prasit", "name": "นายประสิทธิ์ มั่นคง", "title": "ผู้อำนวยการ", "unit_id": "licence", "roles": ["head"]}
]


@pytest.fixture
def office(services):
    """Services that know one letter and a small organisation."""
    services.answers |= {
        ("registry", "letter"): LETTER,
        ("registry", "organisation"): {"agency": {"name": "คุรุสภา"}, "units": UNITS, "officers": OFFICERS},
        ("routing", "circulation"): NOBODY,
        ("routing", "history"): {"rows": [], "next": None},
        ("routing", "inbox"): {"rows": [], "next": None, "counts": {"waiting": 3, "unread": 1, "actions": 0}},
        ("mail", "deliveries"): {"rows": []},
    }
    return services


def form(**fields):
    return {"csrf": CSRF, "idempotency_key": "key-of-the-form", **fields}


def key_in(page: str) -> list[str]:
    return re.findall(r'name="idempotency_key" value="([^"]+)"', page)


def test_a_stranger_is_led_to_the_sign_in_page_and_back(anyone):
    response = anyone.get("/inbox?which=all")

    assert response.status_code == 303
    assert response.headers["Location"] == "/sign-in?next=%2Finbox%3Fwhich%3Dall"


def test_signing_in_leads_to_where_one_wanted_to_go(anyone, services):
    services.answers["registry", "sign_in"] = {"token": "clerk", "csrf": CSRF, "actor": CLERK, "expires_at": ""}

    response = anyone.post("/sign-in", data={"login": "somying", "password": "p", "next": "/tray"})

    assert response.headers["Location"] == "/tray"
    assert "saraban_session=clerk" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil"])
def test_signing_in_never_leads_to_another_site(anyone, services, elsewhere):
    services.answers["registry", "sign_in"] = {"token": "clerk", "csrf": CSRF, "actor": CLERK, "expires_at": ""}

    response = anyone.post("/sign-in", data={"login": "somying", "password": "p", "next": elsewhere})

    assert response.headers["Location"] == "/inbox"


def test_a_wrong_password_is_said_in_thai_and_the_login_stays(anyone, services):
    services.answers["registry", "sign_in"] = WrongPassword()

    response = anyone.post("/sign-in", data={"login": "somying", "password": "wrong"})

    assert response.status_code == 401
    assert WrongPassword.th in response.text
    assert 'value="somying"' in response.text


def test_a_page_speaks_thai_until_english_is_asked_for(browser, office):
    thai = browser.get("/inbox").text

    switched = browser.post("/language", data=form(language="en", back="/inbox"))
    english = browser.get("/inbox").text

    assert switched.headers["Location"] == "/inbox"
    assert '<html lang="th">' in thai and "หนังสือเข้าของฉัน" in thai
    assert '<html lang="en">' in english and "My inbox" in english


def test_what_was_typed_stays_when_the_date_does_not_exist(browser, office):
    office.answers["registry", "receive"] = NoSuchDay(
        {"text": "29 ก.พ. 2566", "day": 29, "month": "กุมภาพันธ์", "year": 2566, "last_day": 28}
    )

    response = browser.post(
        "/receive", data=form(subject="น้ำท่วม", dated="29 ก.พ. 2566", file=json.dumps(PDF), role="letter")
    )

    assert response.status_code == 400
    assert "ไม่มีวันที่ 29 ในเดือนกุมภาพันธ์ พ.ศ. 2566" in response.text
    assert "น้ำท่วม</textarea>" in response.text
    assert 'value="29 ก.พ. 2566"' in response.text and 'aria-invalid="true"' in response.text
    assert PDF["sha256"] in response.text


def test_receiving_hands_files_and_particulars_to_the_registry_and_shows_the_number(browser, office):
    office.answers["registry", "receive"] = {"letter_id": "l1", "shown": "12/2569", "position": 7}

    response = browser.post(
        "/receive", data=form(subject="น้ำท่วม", number="ที่ ศธ 1", file=json.dumps(PDF), role="letter")
    )

    _, method, asked = office.last()
    assert response.headers["Location"] == "/letters/l1/received?after=7"
    assert (method, asked["files"]) == ("receive", [PDF])
    assert asked["particulars"] == {"subject": "น้ำท่วม", "number": "ศธ 1"}


def test_a_file_field_that_no_upload_made_is_refused(browser, office):
    response = browser.post("/receive", data=form(subject="น้ำท่วม", file='{"sha256": 1}', role="letter"))

    assert response.status_code == 400
    assert office.count("registry", "receive") == 0


def test_every_form_on_a_page_has_a_key_of_its_own(browser, office):
    keys = key_in(browser.get("/letters/l1").text)

    assert len(keys) > 2
    assert len(set(keys)) == len(keys)


def test_the_letter_page_shows_number_urgency_and_both_copies_of_the_file(browser, office):
    page = browser.get("/letters/l1").text

    assert "12/2569" in page
    assert '<span class="urgency big">ด่วนมาก</span>' in page
    assert "purpose=stamped" in page and "purpose=file" in page


def test_an_act_on_a_letter_answers_its_script_with_the_letter_as_it_is_then(browser, office):
    office.answers["routing", "acknowledge"] = {"position": 9}

    response = browser.post("/letters/l1/acknowledge", data=form(), headers={"HX-Request": "true"})

    assert "<html" not in response.text
    assert "บันทึกการรับทราบแล้ว" in response.text
    assert [asked["after"] for _, method, asked in office.calls if method == "circulation"] == [9]


def test_the_same_act_without_a_script_leads_back_to_the_letter(browser, office):
    office.answers["routing", "acknowledge"] = {"position": 9}

    response = browser.post("/letters/l1/acknowledge", data=form())

    assert response.status_code == 303
    assert response.headers["Location"] == "/letters/l1?after=9&done=acknowledged"


def test_a_refused_circulation_keeps_who_was_chosen(browser, office):
    office.answers["routing", "circulate"] = NoAddressee({"field": "to"})

    response = browser.post("/letters/l1/circulate", data=form(to=["unit:licence"], note="โปรดพิจารณา"))

    assert response.status_code == 400
    assert 'value="unit:licence" checked' in response.text
    assert "โปรดพิจารณา</textarea>" in response.text


def test_an_error_names_a_state_in_the_office_s_words(browser, office):
    office.answers["registry", "close"] = NotInThisState({"status": "closed"})

    response = browser.post("/letters/l1/close", data=form(reason="แล้วเสร็จ"))

    assert response.status_code == 409
    assert "ปิดเรื่องแล้ว" in response.text
    assert "(closed)" not in response.text


def test_a_letter_that_one_may_not_see_is_not_there(browser, office):
    office.answers["registry", "letter"] = LetterNotFound()

    response = browser.get("/letters/l1")

    assert response.status_code == 404
    assert "ไม่พบหนังสือฉบับนี้" in response.text


def test_a_sent_letter_can_be_read_while_the_mail_service_is_away(browser, office):
    office.answers["registry", "letter"] = {
        **LETTER,
        "direction": "outgoing",
        "status": "sent",
        "sent_number": "ศธ 1/1",
    }
    office.answers["mail", "deliveries"] = ServiceAway({"what": "mail"})

    assert browser.get("/letters/l1").status_code == 200


def test_a_form_without_the_session_s_proof_does_nothing(browser, office):
    response = browser.post("/letters/l1/acknowledge", data={"idempotency_key": "k"})

    assert response.status_code == 403
    assert office.count("routing", "acknowledge") == 0


def test_the_rooms_follow_the_roles(browser, app):
    administrator = app.test_client()
    administrator.set_cookie("saraban_session", "administrator")

    clerk_sees, administrator_sees = browser.get("/search").text, administrator.get("/search").text

    assert 'href="/tray"' in clerk_sees and 'href="/tokens"' not in clerk_sees
    assert 'href="/tray"' not in administrator_sees and 'href="/tokens"' in administrator_sees


def test_hits_are_marked_and_what_a_letter_says_is_never_markup(browser, office):
    office.answers["search", "search"] = {
        "total": 1,
        "hits": [
            {
                "letter_id": "l1",
                "subject": [["<b>น้ำ</b>", False], ["ท่วม", True]],
                "number": [],
                "sender": [],
                "dated": None,
                "snippet": [],
                "where": "subject",
                "secrecy": "normal",
                "urgency": "normal",
                "shown": "12/2569",
                "direction": "incoming",
            }
        ],
    }

    page = browser.get("/search?q=ท่วม").text

    assert "&lt;b&gt;น้ำ&lt;/b&gt;<mark>ท่วม</mark>" in page
    assert "พบ 1 เรื่อง" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("23/11/2569", "วันจันทร์ที่"), ("๒๓ พ.ย. ๒๕๖๙", "23 พฤศจิกายน 2569"), ("29 ก.พ. 2566", "ไม่มีวันที่ 29")],
)
def test_a_typed_date_is_read_back(browser, typed, said):
    assert said in browser.get("/reading/date", query_string={"dated": typed}).text


def test_a_draft_with_an_empty_row_and_paragraph_is_kept_without_them(browser, office):
    office.answers["registry", "draft"] = {"letter_id": "d1", "position": 4}
    rows = {
        "recipient_name": ["สพฐ.", ""],
        "recipient_channel": ["email", "email"],
        "recipient_address": ["saraban@obec.go.th", ""],
    }

    browser.post("/drafts/new", data=form(subject="ตอบ", body=["ข้อความ", "  "], closing="", in_reply_to="l1", **rows))

    _, _, asked = office.last()
    assert asked["recipients"] == [{"name": "สพฐ.", "channel": "email", "address": "saraban@obec.go.th"}]
    assert (asked["body"], asked["closing"], asked["in_reply_to"]) == (["ข้อความ"], "ขอแสดงความนับถือ", "l1")


def test_a_reply_begins_with_what_the_letter_tells(browser, office):
    page = browser.get("/drafts/new?in_reply_to=l1").text

    assert "หนังสือสพฐ. ที่ ศธ 04009/123 ลงวันที่ 20 พฤศจิกายน 2569" in page


def test_pages_refer_to_files_that_browsers_may_keep_for_ever(anyone):
    sheet = re.search(r'href="(/static/[^"]+base\.css)"', anyone.get("/sign-in").text)[1]

    with anyone.get(sheet) as now, anyone.get(sheet.replace("/static/", "/static/old-")) as old:
        assert "immutable" in now.headers["Cache-Control"]
        assert old.headers["Cache-Control"] == "no-cache"


def test_only_the_installed_files_that_pages_use_are_served(anyone):
    with anyone.get("/assets/@fontsource/sarabun/files/sarabun-thai-400-normal.woff2") as typeface:
        assert typeface.status_code == 200
    for other in ("@fontsource/sarabun/package.json", "htmx.org/dist/../../.package-lock.json"):
        with anyone.get(f"/assets/{other}") as refused:
            assert refused.status_code == 404


def test_no_page_holds_a_script_or_style_of_its_own(browser, office):
    for path in ("/inbox", "/receive", "/letters/l1", "/drafts/new", "/search", "/account"):
        page = browser.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page), path


CIRCULAR = {
    **NOBODY,
    "counts": {"all": 250, "read": 30, "acknowledged": 12},
    "units": [
        {"unit_id": "songkhla", "name": "จังหวัดสงขลา", "all": 180, "unread": 160, "read": 20, "acknowledged": 10},
        {"unit_id": "yala", "name": "จังหวัดยะลา", "all": 60, "unread": 60, "read": 0, "acknowledged": 0},
        {"unit_id": "by_name", "name": "", "all": 10, "unread": 0, "read": 10, "acknowledged": 2},
    ],
}
MALEE = {
    "officer_id": "malee", "name": "นางสาวมาลี", "title": "ครู", "unit_id": "yala", "unit_name": "จังหวัดยะลา",
    "via": "yala", "read_at": None, "acknowledged_at": None,
}  # fmt: skip


def test_who_has_not_read_a_circular_stands_by_unit_with_the_way_to_the_names(browser, office):
    office.answers["routing", "circulation"] = CIRCULAR

    page = browser.get("/letters/l1").text

    assert "ยังไม่อ่าน 160 จาก 180 คน" in page
    assert "/letters/l1/readers?state=unread&amp;unit_id=yala" in page
    assert 'id="unread-by_name"' not in page


def test_the_names_of_a_unit_come_page_by_page(browser, office):
    office.answers["routing", "readers"] = {"rows": [MALEE], "next": "beyond"}

    part = browser.get("/letters/l1/readers?state=unread&unit_id=yala", headers={"HX-Request": "true"}).text

    assert "นางสาวมาลี" in part
    assert "/letters/l1/readers?state=unread&amp;unit_id=yala&amp;continue_from=beyond" in part
    assert "<html" not in part


def test_the_readers_page_counts_each_state_of_the_chosen_unit(browser, office):
    office.answers["routing", "circulation"] = CIRCULAR
    office.answers["routing", "readers"] = {"rows": [MALEE], "next": None}

    page = browser.get("/letters/l1/readers?unit_id=songkhla").text

    assert re.findall(r'<span class="count">(\d+)</span>', page)[-4:] == ["180", "160", "10", "10"]


def test_the_history_begins_with_the_last_and_leads_on_to_what_was_before(browser, office):
    entry = {
        "version": 21,
        "at": "2026-11-23T02:15:00+00:00",
        "what": "letter.read",
        "who": "ครู",
        "title": "",
        "detail": {},
    }
    office.answers["routing", "history"] = {"rows": [entry], "next": "before"}

    page = browser.get("/letters/l1").text
    part = browser.get("/letters/l1/history?continue_from=before", headers={"HX-Request": "true"}).text

    assert "/letters/l1/history?continue_from=before" in page
    assert 'hx-swap-oob="beforeend:#history-entries"' in part
    assert office.last()[2]["newest_first"] is True


def test_the_history_says_a_shorter_sentence_when_a_detail_is_not_known(browser, office):
    ordered = {"order": "assign", "to": {"kind": "unit", "id": "licence", "name": "สำนักทะเบียน"}, "text": "โปรดตรวจสอบ"}
    entry = {"at": "2026-11-23T02:15:00+00:00", "what": "letter.action_ordered", "who": "นายสมชาย", "title": "เลขาธิการ"}
    office.answers["routing", "history"] = {
        "rows": [{**entry, "detail": {**ordered, "due": "2026-11-30"}}, {**entry, "detail": {**ordered, "due": None}}],
        "next": None,
    }

    page = browser.get("/letters/l1").text

    assert "สั่งการ “มอบหมาย” ถึง สำนักทะเบียน ภายใน 30 พ.ย. 2569" in page
    assert "สั่งการ “มอบหมาย” ถึง สำนักทะเบียน<" in page
    assert page.count("โปรดตรวจสอบ</blockquote>") == 2


def test_a_correction_keeps_what_the_form_did_not_change(browser, office):
    before = {
        **FLOOD,
        "references": ["หนังสือ ที่ ศธ 1"],
        "enclosures": ["บัญชีรายชื่อ", "แผนที่"],
        "deliver_by": "2026-11-24T02:00:00+00:00",
    }
    office.answers["registry", "letter"] = {**LETTER, "particulars": before}
    office.answers["registry", "correct_particulars"] = {"position": 5}
    form_on_page = browser.get("/letters/l1").text.split('id="correct"')[1].split("</form>")[0]
    lines = dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', form_on_page))
    inputs = dict(re.findall(r'<input type="\w+" name="(\w+)" value="([^"]*)"', form_on_page))

    browser.post("/letters/l1/particulars", data={**inputs, **lines, "csrf": CSRF, "subject": "เรื่องที่แก้แล้ว"})

    _, _, asked = next(call for call in office.calls if call[1] == "correct_particulars")
    assert asked["particulars"]["subject"] == "เรื่องที่แก้แล้ว"
    assert asked["particulars"]["enclosures"] == ["บัญชีรายชื่อ", "แผนที่"]
    assert asked["particulars"]["references"] == ["หนังสือ ที่ ศธ 1"]
    assert asked["particulars"]["deliver_by"] == "24 พ.ย. 2569 09:00 น."
    assert asked["particulars"]["dated"] == "20 พ.ย. 2569"


def test_a_deadline_stands_in_red_on_the_letter_and_in_the_inbox(browser, office):
    within = {**FLOOD, "deliver_by": "2026-11-24T09:30:00+00:00"}
    office.answers["registry", "letter"] = {**LETTER, "particulars": within}
    row = {"letter_id": "l1", "subject": "น้ำท่วม", "read_at": None, "acknowledged_at": None, "actions": [], "note": ""}
    row |= {"circulated_at": "2026-11-23T02:15:00+00:00", "urgency": "normal", "deliver_by": within["deliver_by"]}
    office.answers["routing", "inbox"] = {
        "rows": [row],
        "next": None,
        "counts": {"waiting": 1, "unread": 1, "actions": 0},
    }

    letter, inbox = browser.get("/letters/l1").text, browser.get("/inbox").text

    for page in (letter, inbox):
        assert re.search(r'<span class="urgency deadline[^"]*">ด่วนภายใน <time [^>]*>24 พ.ย. 2569 16:30 น.</time>', page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24/11/2569 16.30", "24 พ.ย. 2569 16:30 น."),
        ("24 พ.ย. 2569", "ยังไม่มีเวลา"),
        ("24 พ.ย. 2569 25.00 น.", "ไม่มีเวลา 25.00 น."),
        ("", "พิมพ์วันและเวลา"),
    ],
)
def test_a_typed_deadline_is_read_back(browser, typed, said):
    assert said in browser.get("/reading/moment", query_string={"deliver_by": typed}).text


def test_a_wrong_deadline_is_said_at_its_own_field(browser, office):
    office.answers["registry", "receive"] = TimeMissing({"field": "deliver_by", "text": "24 พ.ย. 2569"})

    page = browser.post("/receive", data=form(subject="น้ำท่วม", deliver_by="24 พ.ย. 2569")).text

    assert 'id="deliver_by-wrong"' in page
    assert 'id="dated-wrong"' not in page
    assert 'value="24 พ.ย. 2569"' in page


def test_who_sees_to_the_whole_agency_begins_with_the_register_of_the_central_registry(browser, office):
    central = {**UNITS[0], "unit_id": "main-registry", "name": "กลุ่มสารบรรณ", "central": True}
    office.answers["registry", "organisation"] = {"agency": None, "units": [*UNITS, central], "officers": []}
    office.answers["registry", "register_page"] = {"rows": [], "next": None}

    page = browser.get("/registers/receive").text

    _, _, asked = next(call for call in office.calls if call[1] == "register_page")
    assert asked["unit_id"] == "main-registry"
    assert "เลือกหน่วยงานและปีอื่นด้านบน" in page


def test_who_writes_nothing_is_offered_no_form_that_would_be_refused(app, office):
    numbered = {**LETTER, "registrations": LETTER["registrations"], "status": "registered"}
    office.answers["registry", "letter"] = numbered
    administrator, clerk = app.test_client(), app.test_client()
    administrator.set_cookie("saraban_session", "administrator")
    clerk.set_cookie("saraban_session", "clerk")

    offered = ('id="endorse"', "/drafts/new?in_reply_to=l1", 'href="/drafts"')

    assert [one in clerk.get("/letters/l1").text for one in offered] == [True] * 3
    assert [one in administrator.get("/letters/l1").text for one in offered] == [False] * 3


def test_an_order_without_addressee_is_said_where_the_addressee_is_chosen(browser, office):
    office.answers["routing", "endorse"] = OrderWithoutAddressee({"field": "to"})

    response = browser.post("/letters/l1/endorse", data=form(text="โปรดดำเนินการ", order="assign"))

    endorsing = response.text.split('id="endorse"')[1]
    assert OrderWithoutAddressee.th in endorsing
    assert OrderWithoutAddressee.th not in response.text.split('id="endorse"')[0]
    assert "โปรดดำเนินการ</textarea>" in endorsing


def test_an_error_names_choices_in_the_office_s_words(browser, office):
    office.answers["routing", "endorse"] = AddresseeWithoutOrder({"field": "order", "choices": "note, assign"})

    response = browser.post("/letters/l1/endorse", data=form(text="", assignee="officer:prasit"))

    assert "กรุณาเลือกการสั่งการ (ทราบ, มอบหมาย)" in response.text
    assert 'value="officer:prasit" checked' in response.text
