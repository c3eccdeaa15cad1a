from __future__ import annotations

import subprocess
import sys

from hypothesis import given

from saraban.thai.words import segment, word_list
from tests.unit.thai.text_strategies import any_text


def test_running_thai_is_cut_into_words():
    assert segment("สำนักงานเลขาธิการคุรุสภา") == ["สำนักงาน", "เลขาธิการ", "คุรุสภา"]


def test_latin_and_digits_between_thai_stay_whole():
    pieces = segment("ประชุมผ่าน Zoom เวลา 09.30 น.")

    assert "Zoom" in pieces
    assert "ประชุม" in pieces


@given(any_text)
def test_no_character_is_lost_in_cutting(text):
    assert "".join(segment(text)) == text


def test_the_word_list_holds_words_and_not_their_parts():
    assert "หนังสือ" in word_list()
    assert "หนังส" not in word_list()


def test_cutting_words_does_not_import_pythainlp_which_would_make_a_folder_at_home():
    code = "import sys; from saraban.thai.words import segment; segment('คุรุสภา'); print('pythainlp' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
