"""Thai digits ๐ to ๙ and Arabic digits 0 to 9."""

from __future__ import annotations

THAI_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
ARABIC_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def arabic_digits(text: str) -> str:
    """`text` with every Thai digit written as the Arabic one."""
    return text.translate(THAI_TO_ARABIC)


def thai_digits(text: str | int) -> str:
    """`text` (or a whole number) with every Arabic digit written as the Thai one."""
    return str(text).translate(ARABIC_TO_THAI)
