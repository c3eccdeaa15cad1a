"""An open letter shows what others do with it, by itself, and leaves alone what its officer is at."""

from __future__ import annotations

import pytest

from tests.e2e.desk import PHONE
from tests.e2e.papers import SUBJECT
from tests.house import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TO = [{"kind": "officer", "id": officer_id} for officer_id in ("piti", "prasit", "nida")]

COUNT_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({ type: 'layout-shift' });
}"""


@pytest.fixture
def letter(house) -> str:
    """A letter that was circulated to three officers."""
    clerk = house.client(house.token("somsri"))
    letter_id = clerk.did("POST", "/letters", {"particulars": {"subject": SUBJECT}, "files": []})["letter_id"]
    clerk.did("POST", f"/letters/{letter_id}/circulations", {"to": TO, "note": "เพื่อโปรดทราบ"})
    return letter_id


def stands_at(desk, selector: str) -> float:
    return desk.page.locator(selector).evaluate("element => element.getBoundingClientRect().top")


def connected(desk) -> None:
    """The page listens: the first word of its stream has come."""
    until(lambda: desk.page.evaluate("performance.getEntriesByName(`${location.origin}/inbox/count`).length"))


def test_what_another_acknowledges_is_seen_without_reloading(desk_of, letter):
    somsri, piti = desk_of("somsri"), desk_of("piti")
    somsri.go(f"/letters/{letter}")
    somsri.page.evaluate("window.neverReloaded = true")
    assert "ยังไม่อ่าน" in somsri.page.locator("#reader-piti").inner_text()
    connected(somsri)

    piti.go(f"/letters/{letter}")
    piti.press("รับทราบ")

    somsri.page.locator("#reader-piti", has_text="รับทราบแล้ว").wait_for()
    somsri.page.locator(".history-what").get_by_text("ทราบ", exact=True).wait_for()
    assert somsri.page.locator(".tallies .some dd").inner_text() == "2"
    assert somsri.page.evaluate("window.neverReloaded")
    assert somsri.complaints == []


def test_what_is_half_written_stays_where_it_is_while_others_act(desk_of, letter, house):
    somsri = desk_of("somsri")
    somsri.go(f"/letters/{letter}")
    somsri.page.locator("#endorse > summary").click()
    connected(somsri)
    somsri.page.locator("#endorse textarea").press_sequentially("เพื่อโปรดพิ")
    stood = stands_at(somsri, "#endorse textarea")

    prasit = house.client(house.token("prasit"))
    prasit.did("POST", f"/letters/{letter}/circulations", {"to": [{"kind": "unit", "id": "legal"}], "note": ""})
    prasit.did("POST", f"/letters/{letter}/endorsements", {"text": "ทราบแล้ว ดำเนินการต่อ"})

    somsri.page.locator(".minute-text", has_text="ทราบแล้ว ดำเนินการต่อ").wait_for()
    somsri.page.keyboard.type("จารณา")
    assert somsri.page.locator("#endorse textarea").input_value() == "เพื่อโปรดพิจารณา"
    assert abs(stands_at(somsri, "#endorse textarea") - stood) <= 1


def test_an_acknowledgement_moves_nothing_that_is_being_read(desk_of, letter, house):
    somsri = desk_of("somsri")
    somsri.go(f"/letters/{letter}")
    connected(somsri)
    somsri.page.wait_for_load_state("networkidle")
    somsri.page.locator("#circulation-title").scroll_into_view_if_needed()
    stood = stands_at(somsri, "#reader-prasit")
    somsri.page.evaluate(COUNT_SHIFTS)

    house.client(house.token("piti")).did("POST", f"/letters/{letter}/acknowledgement")

    somsri.page.locator("#reader-piti", has_text="รับทราบแล้ว").wait_for()
    assert stands_at(somsri, "#reader-prasit") == stood
    assert somsri.page.evaluate("window.shifted") < 0.1


def test_a_page_that_was_away_catches_up_when_it_is_seen_again(desk_of, letter, house):
    somsri = desk_of("somsri")
    somsri.go(f"/letters/{letter}")
    connected(somsri)
    somsri.context.set_offline(True)
    house.client(house.token("nida")).did("POST", f"/letters/{letter}/acknowledgement")

    somsri.context.set_offline(False)
    somsri.page.evaluate("window.dispatchEvent(new Event('pagehide')); window.dispatchEvent(new Event('pageshow'))")

    somsri.page.locator("#reader-nida", has_text="รับทราบแล้ว").wait_for()


def test_a_circular_to_hundreds_is_told_whole_at_the_width_of_a_phone(desk_of, house, shots):
    admin, clerk = house.client(house.token("admin")), house.client(house.token("somsri"))
    for unit_id, name, size in (("songkhla", "สำนักงานจังหวัดสงขลา", 230), ("yala", "สำนักงานจังหวัดยะลา", 110)):
        the_unit_has_people(admin, unit_id, name, size)
    letter = clerk.did("POST", "/letters", {"particulars": {"subject": "แบบสำรวจครูทุกจังหวัด"}, "files": []})["letter_id"]
    to = [{"kind": "unit", "id": "songkhla"}, {"kind": "unit", "id": "yala"}]
    position = clerk.did("POST", f"/letters/{letter}/circulations", {"to": to})["position"]
    somsri = desk_of("somsri")
    somsri.page.set_viewport_size(PHONE)

    somsri.go(f"/letters/{letter}?after={position}")
    somsri.sees("ยังไม่อ่าน 230 จาก 230 คน")
    somsri.page.locator("#unread-songkhla > summary").click()
    somsri.page.locator("#unread-songkhla .reader").nth(99).wait_for()
    for shown in (200, 230):
        somsri.page.locator("#unread-songkhla [data-further]").click()
        somsri.page.locator("#unread-songkhla .reader").nth(shown - 1).wait_for()

    assert somsri.page.locator("#unread-songkhla .reader").count() == 230
    assert somsri.page.locator("#unread-songkhla [data-further]").count() == 0
    room = somsri.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert room[0] <= room[1]
    somsri.picture(shots, "circular")
    somsri.go(f"/letters/{letter}/readers")
    somsri.picture(shots, "readers")


def the_unit_has_people(admin, unit_id: str, name: str, size: int) -> None:
    unit = {"unit_id": unit_id, "name": name, "short_name": unit_id, "code": "", "parent_id": "secretary"}
    admin.did("POST", "/organisation/units", unit)
    for n in range(size):
        officer_id = f"{unit_id}{n:03d}"
        who = {
            "officer_id": officer_id,
            "login": officer_id,
            "name": f"ครูคนที่ {n + 1}",
            "title": "ครู",
            "unit_id": unit_id,
        }
        admin.did("POST", "/organisation/officers", {**who, "roles": ["officer"], "clearance": 0})
