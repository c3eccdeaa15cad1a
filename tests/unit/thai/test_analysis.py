from __future__ import annotations

import pytest
from hypothesis import given

from saraban.thai.analysis import Wording, gram_tokens, index_fields, number_tokens, query_clauses, text_key
from tests.unit.thai.text_strategies import any_text


def fields_of(text="", *, title="", number=""):
    return tokens_of(Wording(titles=[title], numbers=[number], texts=[text]))


def tokens_of(wording):
    return {name: tokens.split() for name, tokens in index_fields(wording).items()}


def stands_in_a_row(terms, tokens):
    return any(tokens[at : at + len(terms)] == list(terms) for at in range(len(tokens)))


def finds_phrase(query, fields):
    clauses = [clause for clause in query_clauses(query) if clause.phrase]
    return any(stands_in_a_row(clause.terms, fields[clause.field]) for clause in clauses)


def finds_number(query, number):
    tokens = fields_of(number=number)["numbers"]
    wanted = [clause for clause in query_clauses(query) if clause.field == "numbers"]
    return any(term in tokens for clause in wanted for term in clause.terms)


def test_words_and_trigrams_come_from_one_text():
    fields = fields_of("ประชุมคุรุสภา 2 ครั้ง")

    assert fields["words"] == ["ประชุม", "คุรุสภา", "2", "ครั้ง", "|"]
    assert fields["grams"][:3] == ["ประ", "ระช", "ะชุ"]


def test_stop_words_are_kept():
    assert "ที่" in fields_of("เรื่องที่เสนอ")["words"]


@pytest.mark.parametrize(
    "query",
    ["บริหารส่วนตำ", "การบริหาร ส่วนตำบล", "องค์การบริหาร\nส่วนตำบล", "องค์ การ บริหาร ส่วน ตำบล"],
)
def test_a_phrase_from_mid_word_is_found_in_any_spacing(query):
    assert finds_phrase(query, fields_of("แจ้งองค์การบริหารส่วนตำบลทุกแห่ง"))


def test_a_phrase_broken_over_lines_in_the_letter_is_found():
    assert finds_phrase("สำนักงานเลขาธิการ", fields_of("สำนักงาน\n  เลขาธิการคุรุสภา"))


def test_a_phrase_does_not_reach_from_one_text_into_the_next():
    fields = tokens_of(Wording(titles=["ขอเชิญประชุม"], numbers=[], texts=["คณะกรรมการ"]))

    assert not finds_phrase("ประชุมคณะ", fields)


def test_words_that_stand_together_count_for_more():
    pairs = [clause.terms for clause in query_clauses("ประชุมคุรุสภา ครั้งที่") if clause.boost == 0.5]

    assert pairs == [("ประชุม", "คุรุสภา"), ("คุรุสภา", "ครั้ง"), ("ครั้ง", "ที่")]


def test_each_part_of_a_query_is_a_phrase_of_its_own():
    assert finds_phrase("น้ำท่วม สพฐ", fields_of("แผนป้องกันน้ำท่วมในโรงเรียน"))


@pytest.mark.parametrize(
    "query",
    [
        "ศธ ๐๔๐๐๙/ว ๑๒๓๔",
        "ศธ 04009/ว 1234",
        "ศธ04009/ว1234",
        "ที่ ศธ ๐๔๐๐๙ / ว ๑๒๓๔",
        "04009/ว 1234",
        "ว1234",
        "หนังสือ ที่ ศธ 04009/ว 1234 เรื่อง น้ำท่วม",
    ],
)
def test_a_letter_number_is_found_in_either_digits_and_any_spacing(query):
    assert finds_number(query, "ที่ ศธ ๐๔๐๐๙/ว ๑๒๓๔")


def test_asking_for_a_plain_number_does_not_name_the_circular():
    assert not finds_number("ศธ 04009/123", "ศธ 04009/ว 123")
    assert not finds_number("/123", "ศธ 04009/ว 123")
    assert finds_number("/123", "ศธ 04009/123")


def test_a_letter_number_has_its_telling_ends():
    assert number_tokens("ที่ กค (กวจ) ๐๔๐๕.๒/ว ๑๑๙") == ["กค(กวจ)0405.2/ว119", "0405.2/ว119", "/ว119", "ว119"]
    assert number_tokens("") == []


def test_the_subject_counts_among_the_titles_and_the_body_does_not():
    fields = fields_of("รายงานผล", title="ขอเชิญประชุม")

    assert fields["title"] == ["ขอ", "เชิญ", "ประชุม"]
    assert {"รายงาน", "ประชุม"} <= set(fields["words"])


def test_sara_am_lost_by_a_pdf_file_is_put_back_for_finding():
    assert text_key("ส านักงานจ านวนท าได้") == "สำนักงานจำนวนทำได้"
    assert text_key("ค่า ๆ นี้ มาก") == "ค่า ๆ นี้ มาก"


@pytest.mark.parametrize("query", ["", "   ", "…/()", "\u200b"])
def test_a_query_without_letters_asks_for_nothing(query):
    assert query_clauses(query) == ()


def test_a_query_shorter_than_three_letters_still_asks_for_its_words():
    assert {clause.field for clause in query_clauses("ศธ")} == {"words", "title"}


@given(any_text)
def test_a_text_is_found_by_itself_whole(text):
    fields = fields_of(text)

    for clause in query_clauses(text):
        if clause.phrase and clause.terms == gram_tokens(text_key(text)):
            assert stands_in_a_row(clause.terms, fields["grams"])
        if clause.field == "words":
            assert set(clause.terms) <= set(fields["words"])


@given(any_text)
def test_no_token_holds_white_space(text):
    fields = index_fields(Wording(titles=[text], numbers=[text], texts=[text]))

    assert all(tokens.split(" ") == tokens.split() for tokens in fields.values() if tokens)
