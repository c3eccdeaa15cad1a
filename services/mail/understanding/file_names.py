"""Names of attached files, made safe to show, keep and send on."""

from __future__ import annotations

import mimetypes
import re

from saraban.thai.clusters import clusters
from saraban.thai.normal_form import normal_form
from services.mail.understanding.encoded_words import one_line
from services.mail.understanding.parameters import Field

NAME_BYTES = 255
"""The longest name in UTF-8 that every file system takes."""

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_SURROGATES = re.compile("[\ud800-\udfff]")


def file_name(disposition: Field, content_type: Field, number: int) -> str:
    """The name of attachment `number` of a mail: `filename` of its disposition, then `name` of its type, then one by
    its number and type."""
    written = disposition.text("filename") or content_type.text("name")
    name = safe_name(written.text) if written else ""
    return name or f"attachment-{number}{_usual_extension(content_type.value)}"


def safe_name(name: str) -> str:
    """`name` without path parts and characters that cannot be seen, in Thai normal form, cut to NAME_BYTES between two
    clusters with its extension kept; empty when nothing is left."""
    last = re.split(r"[/\\]", one_line(_SURROGATES.sub("\ufffd", name)))[-1]
    return shortened(normal_form(last).strip().lstrip("."), NAME_BYTES)


def shortened(name: str, limit: int) -> str:
    """`name` in at most `limit` bytes of UTF-8, its extension kept and no cluster cut apart."""
    if len(name.encode()) <= limit:
        return name
    extension = found[0] if (found := _EXTENSION.search(name)) else ""
    stem = name.removesuffix(extension)
    return _within(stem, limit - len(extension.encode())).rstrip() + extension


def stem(name: str) -> str:
    """`name` without its extension."""
    return _EXTENSION.sub("", name)


def _within(text: str, limit: int) -> str:
    kept = 0
    size = 0
    for cluster in clusters(text[:limit]):
        size += len(cluster.encode())
        if size > limit:
            break
        kept += len(cluster)
    return text[:kept]


def _usual_extension(media_type: str) -> str:
    if media_type == "message/rfc822":
        return ".eml"
    return mimetypes.guess_extension(media_type) or ".bin"
