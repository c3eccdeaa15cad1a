from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from portal.words import LANGUAGES, name_of, say
from portal.words.dates import say_day, say_long_day, say_moment
from saraban.contracts import codec
from saraban.contracts.actor import ROLES
from saraban.contracts.events import WIRE
from saraban.contracts.letters import CHANNELS, KINDS, SECRECIES, URGENCIES

PORTAL = Path(__file__).parents[3] / "portal"
THAI, ENGLISH = LANGUAGES["th"], LANGUAGES["en"]
SAID = re.compile(r"""\bt\((["'])([a-z0-9_.]+)\1""")
NOT_SAID_BY_NAME = ("event.", "reason.", "look.", "receipt.", "problem.", "done.", "direction.")
"""Groups whose keys come from the services."""


def written() -> str:
    files = [*PORTAL.glob("templates/*.html"), *PORTAL.glob("pages/*.py")]
    return "\n".join(path.read_text() for path in files)


def blanks(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    assert set(THAI) == set(ENGLISH)


def test_a_sentence_has_the_same_blanks_in_both_languages():
    differing = [key for key in THAI if blanks(THAI[key]) != blanks(ENGLISH[key])]

    assert differing == []


def test_every_word_that_a_page_asks_for_is_there():
    asked = {key for _, key in SAID.findall(written()) if not key.endswith(".")}

    assert asked - set(THAI) == set()


def test_no_word_is_kept_that_nothing_says():
    text = written()
    groups = {f"{group}." for group in re.findall(r'(?:named|options)\("([a-z_]+)"', text)}
    groups |= set(re.findall(r't\("([a-z_.]+\.)" ~', text)) | set(NOT_SAID_BY_NAME)

    idle = [
        key for key in THAI if f'"{key}"' not in text and f"'{key}'" not in text and not key.startswith(tuple(groups))
    ]

    assert idle == []


def test_thai_is_thai():
    foreign = [key for key, said in THAI.items() if re.search("[A-Za-z]{2,}", said) and not re.search("[ก-๙]", said)]

    assert [key for key in foreign if not blanks(THAI[key])] == ["shell.other_language"]


def test_the_office_has_a_sentence_for_everything_that_happens_to_a_letter():
    codec.load_events()
    letter_events = [name for name in WIRE if name.startswith("letter.")]

    assert [name for name in letter_events if f"event.{name}" not in THAI] == []


@pytest.mark.parametrize(
    ("group", "values"),
    [("kind", KINDS), ("urgency", URGENCIES), ("secrecy", SECRECIES), ("channel", CHANNELS), ("role", ROLES)],
)
def test_every_choice_has_a_name(group, values):
    assert [value for value in values if f"{group}.{value}" not in THAI] == []


def test_a_value_that_the_words_do_not_know_yet_is_shown_as_it_is():
    assert name_of("th", "status", "teleported") == "teleported"


def test_words_take_what_is_filled_in():
    assert say("th", "search.found", count=3) == "พบ 3 เรื่อง"


def test_a_moment_is_told_in_the_buddhist_year_on_the_clocks_of_bangkok():
    assert say_moment("th", "2026-11-23T02:15:00+00:00") == "23 พ.ย. 2569 09:15 น."
    assert say_moment("en", "2026-11-23T02:15:00+00:00") == "23 Nov 2026, 09:15"


def test_half_past_midnight_on_new_years_day_in_bangkok_is_the_new_year():
    assert say_moment("th", "2026-12-31T17:30:00+00:00") == "1 ม.ค. 2570 00:30 น."
    assert say_day("th", "2026-12-31T17:30:00+00:00") == "1 ม.ค. 2570"


def test_a_day_has_a_short_and_a_long_form():
    assert say_day("th", "2026-11-23") == "23 พ.ย. 2569"
    assert say_long_day("th", "2026-11-23") == "23 พฤศจิกายน 2569"
