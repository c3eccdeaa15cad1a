"""What can be wrong with a search."""

from __future__ import annotations

from saraban.contracts.errors import Invalid


class QueryTooLong(Invalid):
    """More was typed than a search takes. `detail`: limit, in characters."""

    code = "search.query_too_long"
    th = "คำค้นยาวเกิน {limit} ตัวอักษร โปรดค้นด้วยข้อความที่สั้นลง"
    en = "The search is longer than {limit} characters. Search for fewer words."
