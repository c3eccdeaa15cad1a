"""Text as it really comes: Thai with marks in any order, mixed with Latin, digits and the invisible."""

from __future__ import annotations

from hypothesis import strategies as st

_THAI = "".join(chr(code) for code in range(0x0E01, 0x0E5C) if not 0x0E3B <= code <= 0x0E3E)
_REST = "aAéßK9 \n\u200b\u00a0\u00ad\u0301\u0345\uf70a\uf711／Ａ١“ﬁ.-/"

thai_text = st.text(st.sampled_from(_THAI + "่้าํำเุ" * 4 + _REST), max_size=60)
any_text = thai_text | st.text(max_size=60)
