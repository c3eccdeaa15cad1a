"""Clusters: the smallest pieces of text that a reader sees as one, and that nothing may cut apart.

A Thai cluster is a leading vowel with its letter, the marks above and below, and a following ะ า ำ. Elsewhere a cluster
is a character with its combining marks.
"""

from __future__ import annotations

import re

_LEADING = "เ-ไ"
_MARKS = "ัิ-ฺ็-๎\u0300-\u036f\u200b-\u200d\u2060\ufe00-\ufe0f\uf701-\uf70e\uf710-\uf71a"
_FOLLOWERS = "ะาำๅ"
_CLUSTER = re.compile(f"[{_LEADING}]*(?:\r\n|.)[{_MARKS}{_FOLLOWERS}]*", re.DOTALL)


def clusters(text: str) -> list[str]:
    """The clusters of `text` in order: joined they are `text` again."""
    return _CLUSTER.findall(text)


def starts_cluster(piece: str) -> bool:
    """Whether a cluster may begin where `piece` begins: not with a mark or a vowel that follows its letter."""
    return not _CONTINUES.match(piece)


_CONTINUES = re.compile(f"[{_MARKS}{_FOLLOWERS}]")
