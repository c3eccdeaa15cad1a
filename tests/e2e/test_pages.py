"""What holds for every page: it speaks Thai, stands still, works by keyboard and fits a phone."""

from __future__ import annotations

import re

import pytest

from tests.e2e.desk import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = {
    "somsri": (
        "/inbox", "/inbox?which=all", "/receive", "/tray", "/registers/receive", "/registers/send", "/outgoing?which=letters",
        "/quarantine", "/search", "/search?q=ใบอนุญาต", "/search?q=ฮฮฮฮ", "/drafts", "/drafts/new", "/account",
        "/nowhere",
    ),
    "prasit": ("/inbox", "/to-sign", "/organisation"),
    "admin": ("/inbox", "/organisation", "/tokens", "/parked"),
}  # fmt: skip

MAIN_PAGES = ("/inbox", "/receive", "/registers/receive", "/search?q=ใบอนุญาต", "/drafts/new", "/tray")

LATIN_IS_RIGHT = re.compile(r"\b(English|PDF|PM)\b|[\w.+-]+@[\w.-]+|[\w ก-๙().-]+\.(pdf|txt|eml|xlsx|docx)\b")
"""The language switch, the name of the format, dust (PM 2.5), addresses and names of files."""

TEXTS = """() => {
  const seen = [], hidden = 'script, noscript, style, template, [lang=en], code, .paper, .textLayer, .skip';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    if (!node.parentElement.closest(hidden)) seen.push(node.data);
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    if (!one.closest(hidden))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) seen.push(one.getAttribute(name) ?? '');
  return [document.title, ...seen].map(text => text.trim()).filter(Boolean);
}"""

COUNT_SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""


PICTURES = {
    "somsri": {
        "account": "/account", "search-empty": "/search", "search-nothing": "/search?q=ฮฮฮฮ", "missing": "/nowhere",
        "register-sent": "/registers/send", "draft-new": "/drafts/new",
    },
    "admin": {"organisation": "/organisation", "tokens": "/tokens", "parked": "/parked", "inbox-empty": "/inbox"},
}  # fmt: skip
"""Pages that the story does not come by, to be kept as pictures: name → address."""


@pytest.mark.parametrize("login", list(PAGES))
def test_a_thai_page_has_no_english_left_on_it(desk_of, login):
    desk = desk_of(login)

    left = {}
    for path in [*PAGES[login], *letters_on(desk)]:
        desk.go(path)
        texts = [LATIN_IS_RIGHT.sub("", text) for text in desk.page.evaluate(TEXTS)]
        left[path] = [text for text in texts if re.search("[A-Za-z]{2,}", text)]

    assert {path: texts for path, texts in left.items() if texts} == {}


def test_an_english_page_has_no_thai_left_but_what_people_wrote(desk_of):
    desk = desk_of("somsri")
    desk.page.get_by_role("button", name="English").click()
    desk.sees("My inbox")

    left = {}
    for path in ("/inbox", "/receive", "/search", "/drafts/new", "/account", "/nowhere"):
        desk.go(path)
        texts = [text.replace("ภาษาไทย", "") for text in desk.page.evaluate(TEXTS)]
        left[path] = [text for text in texts if re.search("[ก-๙]", text) and not written_by_people(text)]

    assert {path: texts for path, texts in left.items() if texts} == {}


def test_nothing_moves_while_a_page_appears(desk_of):
    desk = desk_of("somsri")
    desk.page.add_init_script(COUNT_SHIFTS)

    shifted = {}
    for path in [*MAIN_PAGES, *letters_on(desk)[:1]]:
        desk.go(path)
        desk.page.wait_for_load_state("networkidle" if "letters" in path else "load")
        desk.page.wait_for_timeout(600)
        shifted[path] = desk.page.evaluate("window.shifted")

    assert {path: value for path, value in shifted.items() if value > 0.005} == {}


@pytest.mark.parametrize("login", list(PAGES))
def test_no_page_is_wider_than_a_phone(desk_of, shots, login):
    desk = desk_of(login)
    for name, path in PICTURES.get(login, {}).items():
        desk.go(path)
        desk.picture(shots, name)
    desk.page.set_viewport_size(PHONE)

    wider = []
    for path in [*PAGES[login], *letters_on(desk)[:1]]:
        desk.go(path)
        room = desk.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        wider += [path] if room[0] > room[1] else []

    assert wider == []


def test_the_menu_on_a_phone_opens_and_leads_on_by_keyboard(desk_of, shots):
    desk = desk_of("somsri")
    desk.page.set_viewport_size(PHONE)

    desk.page.locator(".menu-button").focus()
    desk.page.keyboard.press("Enter")
    desk.page.screenshot(path=shots / "menu-phone.png")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")

    desk.page.wait_for_url(re.compile("/drafts"))


def test_an_officer_signs_in_reads_and_acknowledges_by_keyboard_alone(browser, house, shots):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{house.port}/sign-in")
    keys = Keys(page)

    keys.tab_to("login").write("piti")
    keys.tab_to("password").write("saraban-demo")
    keys.press("Enter")
    page.wait_for_url(re.compile("/inbox"))
    keys.press("Tab")
    assert keys.where()["class"] == "skip"
    keys.press("Enter")
    keys.tab_to_class("line-subject")
    subject = page.evaluate("document.activeElement.innerText.trim()")
    page.screenshot(path=shots / "keyboard-inbox.png")
    keys.press("Enter")
    page.wait_for_url(re.compile("/letters/"))
    keys.tab_to_id("acknowledge")
    page.screenshot(path=shots / "keyboard-letter.png")
    keys.press("Enter")

    page.get_by_text("บันทึกการรับทราบแล้ว").first.wait_for()
    assert "notice" in keys.where()["class"]
    assert page.locator("h1").inner_text() in subject
    context.close()


class Keys:
    """Fingers that never touch the mouse."""

    def __init__(self, page) -> None:
        self._keyboard, self._page = page.keyboard, page

    def press(self, key: str) -> None:
        self._keyboard.press(key)

    def write(self, text: str) -> None:
        self._keyboard.type(text)

    def where(self) -> dict[str, str]:
        return self._page.evaluate(
            "(({name, id, className}) => ({name: name ?? '', id, class: String(className)}))(document.activeElement)"
        )

    def _tab_until(self, arrived) -> Keys:
        for _ in range(60):
            if arrived(self.where()):
                return self
            self.press("Tab")
        raise AssertionError(f"not reached by tabbing; stopped at {self.where()}")

    def tab_to(self, name: str) -> Keys:
        return self._tab_until(lambda at: at["name"] == name)

    def tab_to_id(self, id_: str) -> Keys:
        return self._tab_until(lambda at: at["id"] == id_)

    def tab_to_class(self, name: str) -> Keys:
        return self._tab_until(lambda at: name in at["class"].split())


def letters_on(desk) -> list[str]:
    """The addresses of two letters that this officer sees."""
    desk.go("/inbox?which=all")
    links = desk.page.locator(".line-subject").all()[:2]
    return [link.get_attribute("href") for link in links]


def written_by_people(text: str) -> bool:
    """Names, titles, and examples of what stands on letters."""
    return bool(re.search("^(นาง|นาย|เจ้าพนักงาน|สำนัก|กลุ่ม|เลขาธิการ|ผู้อำนวยการ|นิติกร|นักวิชาการ|ขอแสดง)|ศธ ", text))
