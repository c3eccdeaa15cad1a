"""What can be wrong with a search."""

from __future__ import annotations

from saraban.contracts.errors import Invalid


class QueryTooLong(Invalid):
    """More was typed than a search takes. `detail`: limit, in characters."""

    code = "search.query_too_long"
    th = "คำค้นยาวเกิน {limit} ตัวอักษร โปรดค้นด้วยข้อความที่สั้นลง"
    en = "The search is longer than {limit} characters. Search for fewer words."


class QueryTooWide(Invalid):
    """A search asks for more different words at a time than the search engine takes."""

    code = "search.query_too_wide"
    th = "คำค้นมีคำต่าง ๆ มากเกินไป โปรดค้นด้วยคำที่น้อยลง"
    en = "The search holds too many different words. Search for fewer of them."


class EntryRefused(Invalid):
    """The search engine cannot take a letter as it was given. `detail`: letter_id, reason."""

    code = "search.entry_refused"
    th = "ดัชนีค้นหาไม่รับหนังสือ {letter_id} ({reason}) โปรดแจ้งผู้ดูแลระบบ"
    en = "The search index does not take the letter {letter_id} ({reason}). Tell the operator."
