from __future__ import annotations

from dataclasses import replace

import pytest

from saraban.contracts.errors.letters import UnknownChoice
from saraban.contracts.errors.search import QueryTooLong
from saraban.contracts.events import mail, registry, routing
from saraban.contracts.letters import Particulars
from tests.builders import FLOOD, registered
from tests.unit.search.documents import PDF, pdf
from tests.unit.search.office import Office

BODY = pdf(
    [
        "ด้วยสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานได้รับแจ้งว่าโรงเรียนในพื้นที่",
        "จังหวัดน่านและองค์การบริหารส่วนตำบลหลายแห่งถูกน้ำท่วมฉับพลัน",
    ]
)


@pytest.fixture
def office():
    return Office()


@pytest.mark.parametrize(
    "words",
    [
        "อุทกภัย",
        "ผู้ประสบอุทกภัย",
        "ช่วยเหลือครู ผู้ประสบ",
        "สพฐ",
        "ศธ ๐๔๐๐๙/๑๒๓",
        "ศธ04009/123",
        "ที่ ศธ 04009 / 123",
        "20 พ.ย. 2569",
    ],
)
def test_a_letter_is_found_by_its_particulars(office, words):
    office.arrive()
    office.arrive("other", Particulars(subject="ขออนุมัติจัดซื้อ", number="กค 0405/9", sender="กรมบัญชีกลาง"))
    office.work()

    assert office.find(words)["hits"][0]["letter_id"] == "flood"


@pytest.mark.parametrize("words", ["น้ำท่วมฉับพลัน", "บริหารส่วนตำ", "พื้นที่จังหวัดน่าน", "นํ้าท่วม"])
def test_a_letter_is_found_by_words_inside_its_file_and_from_the_middle_of_a_phrase(office, words):
    office.letter_with(BODY, PDF)

    assert office.found(words) == ["flood"]


def test_the_hit_shows_the_words_found_marked_and_where_they_stand(office):
    office.letter_with(BODY, PDF)

    [hit] = office.find("ถูกน้ำท่วม")["hits"]

    assert ("ถูกน้ำท่วม", True) in hit["snippet"]
    assert hit["where"] == "file"
    assert hit["subject"] == [(FLOOD.subject, False)]
    assert (hit["sender"], hit["dated"], hit["urgency"]) == ([("สพฐ.", False)], "2026-11-20", "urgent")


def test_the_subject_is_marked_and_a_subject_alone_needs_no_snippet(office):
    office.arrive()
    office.work()

    [hit] = office.find("อุทกภัย")["hits"]

    assert hit["subject"] == [("ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบ", False), ("อุทกภัย", True)]
    assert (hit["snippet"], hit["where"]) == ([], "")


def test_who_may_not_see_the_letter_finds_nothing_not_even_a_count(office):
    office.letter_with(BODY, PDF)

    assert office.find("น้ำท่วม", by="nida") == {"total": 0, "hits": [], "flags": []}


def test_whoever_it_is_circulated_to_finds_it_at_once(office):
    office.letter_with(BODY, PDF)
    position = office.say_of(
        "flood",
        routing.LetterCirculated(
            letter_id="flood",
            circulation_id="c",
            addressees=(routing.Addressee(kind="unit", id="legal"),),
            readers=(routing.Reader(officer_id="nida", via="legal"),),
        ),
    )

    assert office.found("น้ำท่วม", by="nida", after=position) == ["flood"]
    assert office.found("น้ำท่วม", by="anan", after=position) == []


def test_a_classified_letter_is_found_only_by_the_cleared(office):
    office.arrive("secret", replace(FLOOD, secrecy="secret"))
    office.work()

    assert office.found("อุทกภัย", by="somsri") == []
    assert office.found("อุทกภัย", by="wichai") == ["secret"]


def test_a_letter_just_classified_is_hidden_before_the_index_knows(office):
    office.arrive()
    office.work()
    office.say_of(
        "flood", registry.ParticularsCorrected(letter_id="flood", particulars=replace(FLOOD, secrecy="secret"))
    )
    office.desk.follower.sweep()

    assert office.find("อุทกภัย", by="somsri")["total"] == 0


def test_what_an_officer_just_did_is_found_when_they_say_up_to_where(office):
    office.arrive()
    position = office.say_of("flood", registered())

    [hit] = office.find("1/2569", after=position)["hits"]

    assert hit["shown"] == "1/2569"


def test_a_position_that_is_not_reached_in_time_is_flagged(office, monkeypatch):
    monkeypatch.setattr(type(office.desk), "caught_up", lambda *_: False)

    assert office.find("อุทกภัย", after=99)["flags"] == ["behind"]


def test_endorsements_drafts_recipients_and_their_numbers_are_found(office):
    office.say_of(
        "reply",
        registry.LetterDrafted(
            letter_id="reply",
            unit_id="legal",
            drafted_by="nida",
            particulars=Particulars(subject="ตอบข้อหารือ"),
            body=("สำนักงานพิจารณาแล้วเห็นว่าไม่ขัดต่อข้อบังคับ",),
            recipients=(registry.Recipient(delivery_id="d", name="กรมส่งเสริม", channel="email", address="a@b.go.th"),),
        ),
        registry.LetterNumbered(
            letter_id="reply",
            unit_id="legal",
            book_id="b",
            number=7,
            shown="ศธ ๕๑๐๕/๗",
            dated="2026-11-24",
        ),
        routing.LetterEndorsed(
            letter_id="reply",
            endorsement_id="e",
            officer_id="manop",
            name="มานพ",
            title="",
            text="เห็นควรเร่งรัด",
        ),
        mail.ReceiptMatched(
            letter_id="reply", delivery_id="d", mail_sha256="", their_number="888/2569", matched_by="hand"
        ),
    )
    office.work()

    assert office.find("เร่งรัด", by="nida")["hits"][0]["where"] == "endorsement"
    assert office.find("ข้อบังคับ", by="nida")["hits"][0]["where"] == "body"
    assert office.find("กรมส่งเสริม", by="nida")["hits"][0]["where"] == "addressee"
    assert office.found("888/2569", by="nida") == ["reply"]
    assert office.found("ศธ 5105/7", by="nida") == ["reply"]
    assert office.find("ข้อหารือ", by="nida")["hits"][0]["direction"] == "outgoing"


def test_facets_narrow_the_search(office):
    office.arrive()
    office.arrive("calm", replace(FLOOD, urgency="normal"))
    office.work()

    assert office.found("อุทกภัย", facets={"urgency": ["urgent"]}) == ["flood"]
    assert office.found("อุทกภัย", facets={"year": ["2569"], "direction": ["incoming"]}) == ["calm", "flood"]
    assert office.found("อุทกภัย", facets={"year": ["2568"]}) == []
    assert office.found("อุทกภัย", facets={"urgency": []}) == ["calm", "flood"]


def test_an_unknown_facet_is_refused(office):
    with pytest.raises(UnknownChoice):
        office.find("อุทกภัย", facets={"colour": ["red"]})


def test_a_very_long_query_is_refused(office):
    with pytest.raises(QueryTooLong):
        office.find("ก" * 501)


@pytest.mark.parametrize("words", ["", "  ", "…", "zzz"])
def test_nothing_asked_or_nothing_there_finds_nothing(office, words):
    office.arrive()
    office.work()

    assert office.find(words) == {"total": 0, "hits": [], "flags": []}


def test_pages_of_hits_follow_each_other(office):
    for at in range(5):
        office.arrive(f"l{at}")
    office.work()

    first, second = office.find("อุทกภัย", limit=3), office.find("อุทกภัย", limit=3, offset=3)

    assert [hit["letter_id"] for hit in (*first["hits"], *second["hits"])] == ["l4", "l3", "l2", "l1", "l0"]
    assert first["total"] == second["total"] == 5
