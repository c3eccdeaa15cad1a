"""Thai digits ๐ to ๙ and Arabic digits 0 to 9."""

from __future__ import annotations

TO_ARABIC = dict(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
_TO_ARABIC = str.maketrans(TO_ARABIC)
_TO_THAI = str.maketrans({arabic: thai for thai, arabic in TO_ARABIC.items()})


def arabic_digits(text: str) -> str:
    """`text` with every Thai digit written as the Arabic one."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str | int) -> str:
    """`text` (or a whole number) with every Arabic digit written as the Thai one."""
    return str(text).translate(_TO_THAI)
