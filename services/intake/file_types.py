"""The types of file that the office takes, and whether a file is what it says it is.

A name says a type by its extension, a sender declares one, the content shows one. The content must show what the name
and the declaration say. Names without an extension and declarations that say nothing are believed by the content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

import puremagic

from saraban.contracts.errors.files import FileTypeMismatch, FileTypeNotTaken

HEAD = 8192
"""How many bytes from the beginning are enough to tell."""

_SAYS_NOTHING = {
    "",
    "application/octet-stream",
    "application/force-download",
    "application/download",
    "binary/octet-stream",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_NO_MAIL = (b"PK", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_WIDE_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileType:
    """One type: its media type, extensions, and the other ways in which senders declare it."""

    media_type: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()


TYPES = (
    FileType(media_type="application/pdf", extensions=("pdf",), aliases=("application/x-pdf",)),
    FileType(media_type="image/png", extensions=("png",), aliases=("image/x-png",)),
    FileType(media_type="image/jpeg", extensions=("jpg", "jpeg", "jpe"), aliases=("image/jpg", "image/pjpeg")),
    FileType(media_type="image/tiff", extensions=("tif", "tiff"), aliases=("image/tif",)),
    FileType(
        media_type=f"{_OFFICE}wordprocessingml.document",
        extensions=("docx",),
        aliases=("application/msword", "application/zip", "application/x-zip-compressed"),
    ),
    FileType(
        media_type=f"{_OFFICE}spreadsheetml.sheet",
        extensions=("xlsx",),
        aliases=("application/vnd.ms-excel", "application/zip", "application/x-zip-compressed"),
    ),
    FileType(media_type="message/rfc822", extensions=("eml",), aliases=("text/plain",)),
    FileType(media_type="text/plain", extensions=("txt",)),
    FileType(media_type="application/zip", extensions=("zip",), aliases=("application/x-zip-compressed",)),
)

_ZIPPED = {one.media_type for one in TYPES if "application/zip" in (one.media_type, *one.aliases)}
_PROMISING = _ZIPPED - {"application/zip"} | {"message/rfc822"}


def real_type(name: str, declared: str, head: bytes) -> str:
    """The media type of a file with this name, declared type and first HEAD bytes.

    Raises FileTypeNotTaken for a type that the office does not take, FileTypeMismatch when the content is not what
    the name or the declaration says.
    """
    claimed = claimed_type(name, declared)
    if claimed is not None and _shows(head, claimed.media_type) and not _contradicts(declared, claimed):
        return claimed.media_type
    shown = [one for one in TYPES if _shows(head, one.media_type)]
    if claimed is not None:
        found = shown[0].media_type if shown else "application/octet-stream"
        raise FileTypeMismatch({"name": name, "declared": declared or claimed.media_type, "found": found})
    return _believed(name, shown)


def claimed_type(name: str, declared: str) -> FileType | None:
    """The type that a name, or else a declaration, promises; None when neither promises any. Raises FileTypeNotTaken
    for the extension of another type."""
    return _claimed_by_name(name) or _claimed_by_declaration(declared)


def _claimed_by_name(name: str) -> FileType | None:
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    if not extension:
        return None
    for one in TYPES:
        if extension in one.extensions:
            return one
    raise FileTypeNotTaken({"name": name})


def _claimed_by_declaration(declared: str) -> FileType | None:
    told = _essence(declared)
    return next((one for one in TYPES if told == one.media_type), None)


def _contradicts(declared: str, claimed: FileType) -> bool:
    told = _essence(declared)
    if told in _SAYS_NOTHING or told == claimed.media_type or told in claimed.aliases:
        return False
    return any(told in (one.media_type, *one.aliases) for one in TYPES)


def _believed(name: str, shown: list[FileType]) -> str:
    """The type of a file of which only the content speaks: of zipped types ZIP, of text plain text, as these promise
    least."""
    certain = [one.media_type for one in shown if one.media_type not in _PROMISING]
    if not certain:
        raise FileTypeNotTaken({"name": name})
    return certain[0]


def _shows(head: bytes, media_type: str) -> bool:
    if media_type == "text/plain":
        return _is_text(head) and not _is_pdf(head)
    if media_type == "message/rfc822":
        # A mail that a broken program wrote is still a mail; only what is clearly another thing is none.
        return not _is_pdf(head) and not head.startswith(_NO_MAIL)
    if media_type == "application/pdf":
        return _is_pdf(head)
    return media_type in _by_magic(head) or (media_type in _ZIPPED and head.startswith(b"PK\x05\x06"))


def _is_pdf(head: bytes) -> bool:
    """Readers accept some bytes before the header (ISO 32000-1, annex H.3.4.1), and mail gateways add them."""
    return b"%PDF-" in head[:1024]


@lru_cache(maxsize=16)
def _by_magic(head: bytes) -> frozenset[str]:
    """What the first bytes tell. It takes more than a millisecond, and every type asks it of the same file."""
    try:
        return frozenset(match.mime_type for match in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return frozenset()


def _is_text(head: bytes) -> bool:
    if head.startswith(_WIDE_TEXT_MARKS):
        return True
    return head.translate(None, _CONTROLS) == head


def _essence(declared: str) -> str:
    return declared.partition(";")[0].strip().lower()
