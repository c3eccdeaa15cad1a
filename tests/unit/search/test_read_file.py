from __future__ import annotations

import pytest

from saraban.contracts.errors.broker import ServiceAway
from saraban.contracts.errors.files import ChildKilled
from saraban.contracts.ids import file_stream
from services.search.commands import ReadFile
from services.search.handlers import read_file
from services.search.views import FILES
from tests.unit.search.documents import DOCX, MAIL, PDF, PLAIN, locked, mail, pdf, scan, word
from tests.unit.search.office import Office


@pytest.fixture
def office():
    return Office()


def test_the_text_of_a_pdf_is_read_page_by_page(office):
    text = office.letter_with(pdf(["หน้าแรก น้ำท่วม"], ["หน้าสอง ภัยแล้ง"]), PDF)

    assert [page.text for page in text.pages] == ["หน้าแรก น้ำท่วม", "หน้าสอง ภัยแล้ง"]
    assert text.flags == ()


def test_what_was_read_is_said_on_the_stream_of_the_file(office):
    text = office.letter_with(pdf(["น้ำท่วม"]), PDF)

    said = office.log.store.stream(file_stream(text.sha256))[-1]

    assert said.type == "file.text_extracted"
    assert said.data == {"sha256": text.sha256, "pages": 1, "characters": 7, "flags": []}


def test_a_scan_is_flagged_and_its_letter_is_still_found_by_its_particulars(office):
    text = office.letter_with(scan(), PDF)

    [hit] = office.find("อุทกภัย")["hits"]

    assert text.flags == ("no_text",)
    assert hit["flags"] == ["no_text"]


def test_a_picture_has_no_text_and_is_not_even_fetched(office):
    text = office.letter_with(b"\x89PNG", "image/png")

    assert text.flags == ("no_text",)
    assert office.files.asked == []


def test_an_archive_is_not_looked_into(office):
    assert office.letter_with(b"PK", "application/zip").flags == ("not_read",)


def test_a_locked_pdf_is_flagged(office):
    assert office.letter_with(locked(pdf(["ลับ"])), PDF).flags == ("encrypted",)


@pytest.mark.parametrize("kind", [PDF, DOCX])
def test_a_broken_file_is_flagged(office, kind):
    assert office.letter_with(b"%PDF-1.4 nothing", kind).flags == ("broken",)


def test_paragraphs_tables_and_headers_of_a_word_file_are_read(office):
    office.letter_with(word("ย่อหน้าแรก", cell="ในตารางงบประมาณ", header="หัวกระดาษ"), DOCX)

    assert [office.found(words) for words in ("ย่อหน้า", "งบประมาณ", "หัวกระดาษ")] == [["flood"]] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_plain_text_is_read_in_the_encodings_of_thai_offices(office, encoding):
    text = office.letter_with("หนังสือราชการ".encode(encoding), PLAIN)

    assert text.pages[0].text == "หนังสือราชการ"


def test_plain_text_in_no_known_encoding_is_flagged(office):
    assert office.letter_with(b"\xff\xfdabc\xdb\xdc", PLAIN).flags == ("undecodable",)


@pytest.mark.parametrize("charset", ["utf-8", "tis-620"])
def test_the_body_of_a_mail_is_read(office, charset):
    text = office.letter_with(mail("เรียน เลขาธิการ", charset=charset, attached="ไม่ใช่เนื้อความ"), MAIL)

    assert text.pages[0].text == "เรียน เลขาธิการ"


def test_a_mail_of_html_alone_is_read_without_its_markup(office):
    raw = mail("", html="<style>p{}</style><p>ขอเชิญ<b>ประชุม</b></p><p>วันจันทร์</p>")
    raw = raw.replace(b"text/plain", b"text/x-none")

    text = office.letter_with(raw, MAIL)

    assert text.pages[0].text.split() == ["ขอเชิญประชุม", "วันจันทร์"]


def test_a_file_that_stops_its_reader_is_flagged(office):
    def killed(*_args, **_limits):
        raise ChildKilled({"reason": "memory"})

    office = Office(run=killed)

    assert office.letter_with(pdf(["น้ำท่วม"]), PDF).flags == ("killed",)
    assert office.found("อุทกภัย") == ["flood"]


def test_a_file_that_cannot_be_fetched_now_waits_on(office):
    file = office.store(pdf(["น้ำท่วม"]), PDF)
    office.desk.follower.sweep()
    save, office.files.save = office.files.save, _away

    with pytest.raises(ServiceAway):
        read_file(office.desk, ReadFile(sha256=file.sha256))
    office.files.save = save
    office.work()

    assert office.views.get(FILES, file.sha256)["read"]["characters"] == 7


def _away(*_args):
    raise ServiceAway({"what": "intake"})


def test_a_file_is_read_once_for_all_letters_that_hold_it(office):
    file = office.store(pdf(["น้ำท่วม"]), PDF)
    office.arrive(files=[file])
    office.work()
    office.arrive("again", files=[file])
    office.work()

    assert office.found("น้ำท่วม") == ["again", "flood"]
    assert len(office.files.asked) == 1


def test_a_letter_that_was_there_before_its_file_was_read_is_found_afterwards(office):
    file = office.store(pdf(["น้ำท่วม"]), PDF)
    office.arrive(files=[file])
    office.desk.follower.sweep()

    before = office.found("น้ำท่วม")
    office.work()

    assert (before, office.found("น้ำท่วม")) == ([], ["flood"])
