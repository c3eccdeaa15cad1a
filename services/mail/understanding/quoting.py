"""What the sender of a reply wrote, without what their program quoted below it."""

from __future__ import annotations

import re

_QUOTED_LINE = re.compile(r"\s*[>|]")
_QUOTE_BEGINS = re.compile(
    r"\s*(-{2,}\s*(original message|forwarded message|ข้อความเดิม|ข้อความต้นฉบับ|ข้อความที่ส่งต่อ)"
    r"|_{10,}\s*$|on .{5,300} wrote:\s*$|(เมื่อ|ในวันที่|วันที่|ใน) .{5,300}เขียน(ว่า)?\s*:\s*$)",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(r"\s*\*?(from|จาก)\*?\s*:", re.IGNORECASE)
_NEXT_HEADER_LINE = re.compile(r"\s*\*?(sent|date|to|subject|ส่ง|วันที่|ถึง|เรื่อง)\*?\s*:", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s?$")


def own_words(text: str) -> str:
    """The lines of `text` above the first quotation and the signature mark, without quoted lines."""
    lines = text.splitlines()
    kept = []
    for number, line in enumerate(lines):
        if _QUOTE_BEGINS.match(line) or _SIGNATURE.match(line) or _quotes_header(lines, number):
            break
        if not _QUOTED_LINE.match(line):
            kept.append(line)
    return "\n".join(kept).strip()


def _quotes_header(lines: list[str], number: int) -> bool:
    following = lines[number + 1 : number + 4]
    return bool(_HEADER_LINE.match(lines[number])) and any(_NEXT_HEADER_LINE.match(line) for line in following)
