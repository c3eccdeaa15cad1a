"""Names of files, made safe to keep and to offer for saving."""

from __future__ import annotations

import re
import unicodedata

from saraban.thai.clusters import clusters

LONGEST = 255
"""Bytes: what file systems take."""

_PATH_PARTS = re.compile(r".*[/\\]", re.DOTALL)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_name(name: str) -> str:
    """`name` without folders and control characters, at most LONGEST bytes, cut between clusters and before the
    extension; `file` when nothing is left."""
    bare = _PATH_PARTS.sub("", name)
    visible = "".join(one for one in bare if unicodedata.category(one) not in {"Cc", "Cs", "Co", "Cn"})
    return _shortened(visible.strip().strip(".") or "file")


def name_of_letter(number: str, subject: str) -> str:
    """What the PDF of a letter is called: by its number when it has one, else by its subject."""
    title = number.replace("/", "-").strip() or subject.strip() or "letter"
    return safe_name(f"{title}.pdf")


def _shortened(name: str) -> str:
    extension = match[0] if (match := _EXTENSION.search(name)) else ""
    room = LONGEST - len(extension.encode())
    kept = ""
    for cluster in clusters(name.removesuffix(extension)):
        if len((kept + cluster).encode()) > room:
            break
        kept += cluster
    return kept + extension
