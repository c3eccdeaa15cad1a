"""Links that stand where a file should be."""

from __future__ import annotations

import re

_LINK = re.compile(r"https?://([^\s/<>\"'?#]{1,255})([^\s<>\"'?#]{0,2000})", re.IGNORECASE)
_SHARES = (
    "drive.google.com", "docs.google.com", "onedrive.live.com", "1drv.ms", "sharepoint.com", "dropbox.com", "we.tl",
    "wetransfer.com", "mega.nz", "mediafire.com", "box.com", "icloud.com", "cloud.go.th",
)  # fmt: skip
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|tiff?)$", re.IGNORECASE)


def links_instead_of_files(text: str) -> bool:
    """Whether `text` points at a file share or straight at a document."""
    return any(_is_file(host.lower(), path) for host, path in _LINK.findall(text[:200_000]))


def _is_file(host: str, path: str) -> bool:
    shared = any(host == share or host.endswith("." + share) for share in _SHARES)
    return shared or bool(_FILE.search(path))
