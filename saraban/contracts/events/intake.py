"""What intake says: files that came, were examined, or were turned away."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.events import event


@event("file.stored", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class FileStored:
    """The bytes with this SHA-256 are kept for good. `name` is the file's name when it first came, `size` in bytes,
    `media_type` what the content is. First event of the stream `file:<sha256>`."""

    sha256: str
    size: int
    name: str
    media_type: str


@event("file.scanned", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class FileScanned:
    """A stored file was examined. `pages` is 0 where there are none to count. `flags` are stable codes: `encrypted`,
    `broken`, `no_pages`, and `killed_<reason>` when its examination was stopped by its limits (`memory`, `cpu`, `wall`,
    `output`, `crash`). A flagged file is kept all the same."""

    sha256: str
    pages: int
    flags: tuple[str, ...]


@event("file.rejected", 1)
@dataclass(frozen=True, slots=True, kw_only=True)
class FileRejected:
    """An upload was read whole and turned away; its bytes were not kept. `reason` is the code of the error that the
    sender got. On the stream `file-rejected:<sha256>`, as the same bytes may still come under a right name."""

    sha256: str
    size: int
    name: str
    declared: str
    reason: str
