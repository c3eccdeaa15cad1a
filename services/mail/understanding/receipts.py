"""What people write when they acknowledge a letter: "ได้รับแล้ว เลขรับ 123/2569"."""

from __future__ import annotations

import re

from saraban.thai.numbers import arabic_digits

LONGEST_RECEIPT = 400
"""Characters. A longer answer says more than that the letter came, so a person must read it."""

_RECEIVED = re.compile(
    r"(?<!ไม่)ได้รับ(?:หนังสือ|เอกสาร|เรื่อง|อีเมล|เมล|ไฟล์|จดหมาย|ทราบ|เรียบร้อย|ครบ|แล้ว|ตาม|\s*$)"
    r"|(?<!โปรด)(?<!กรุณา)(?<!แบบ)ตอบรับ|รับทราบ|รับเรื่อง|ลงรับ|ทะเบียนรับ|เลข(?:ที่)?รับ|(?<!ไม่ได้)รับแล้ว"
    r"|\b(?:well |has been |was |have |been )?received\b|acknowledg",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = re.compile(r"ขอให้|ขอความ|ขอทราบ|ขอสอบถาม|สอบถาม|โปรด|กรุณา|รบกวน|แต่|\?|please|however", re.IGNORECASE)
_THEIR_NUMBER = re.compile(
    r"(?:เลข(?:ที่)?\s*(?:ทะเบียน\s*)?(?:หนังสือ\s*)?รับ(?:หนังสือ)?(?:\s*เลข)?(?:ที่)?"
    r"|ทะเบียน(?:หนังสือ)?รับ(?:หนังสือ)?(?:\s*เลข)?(?:ที่)?|ลงรับ\s?(?:เลขที่|เลข|ที่)|รับเลขที่"
    r"|(?:receive|received|receipt|registration)\s+(?:number|no\.?))"
    r"\s*(?:ของท่าน|ของเรา)?\s*(?:คือ|เป็น|ว่า|is)?\s*[:：.\-–]?\s*"
    r"((?:[ก-ฮ]{1,4}\.?\s?)?\d{1,7}(?:\s?/\s?\d{2,4})?)(?!\s?[/.\-]?\d)",
    re.IGNORECASE,
)
_LETTER_NUMBER = re.compile(
    r"([ก-ฮ]{1,8})(\.?(?:\s?\([^()\n]{1,20}\))?\s?\d{1,6}(?:\.\d{1,4}){0,4}\s?/\s?(?:ว\s?)?\d{1,6})"
)


def acknowledges(words: str) -> bool:
    """Whether `words` say that a letter was received."""
    return bool(_RECEIVED.search(words))


def says_more(words: str) -> bool:
    """Whether `words` are more than an acknowledgement, so that a person must read them."""
    return len(words) > LONGEST_RECEIPT or bool(_ASKS.search(words))


def their_number(words: str) -> str | None:
    """The receive number that `words` tell, with Arabic digits and without spaces; None when they tell none."""
    found = _THEIR_NUMBER.search(arabic_digits(words))
    return re.sub(r"\s", "", found[1]) if found else None


def letter_numbers(text: str) -> tuple[str, ...]:
    """Everything in `text` that may be a letter number, each also without the letters of a word before it: Thai writes
    `หนังสือศธ ๐๔๐๐๙/๑` without a space."""
    found = [(match[1], match[2]) for match in _LETTER_NUMBER.finditer(arabic_digits(text))]
    return tuple(dict.fromkeys(letters[start:] + rest for letters, rest in found for start in range(len(letters))))
