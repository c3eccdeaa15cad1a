"""The text of a file, page by page, with what is to be known about its quality."""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts.shapes import prepared

NO_TEXT = "no_text"
"""A page that shows something and says nothing: a scan, until it is read by OCR."""

SARA_AM_REPAIRED = "sara_am_repaired"
"""A page whose ำ came out as a space and า; that is put right for finding, not in what is shown."""

POOR_TEXT = "poor_text"
"""A page whose text is mostly not words: its fonts lie about their letters."""

ENCRYPTED, BROKEN, KILLED = "encrypted", "broken", "killed"
"""A file that no text could be had of: locked, damaged, or stopped by the limits of its reader."""

NOT_READ = "not_read"
"""A file of a type that is not looked into."""

SHORTENED = "shortened"
"""Only the beginning of a very long text is kept."""

UNDECODABLE = "undecodable"
"""A plain text in an unknown encoding; some characters are lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `quality` is 0 (no words in it) to 1."""

    text: str
    quality: float = 1.0
    flags: tuple[str, ...] = ()


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """What was read from a file. A file without pages of its own (a plain text) has one; one that could not be read
    has none. `flags` are those of the file and of all pages."""

    sha256: str
    pages: tuple[Page, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """How many characters were read."""
        return sum(len(page.text) for page in self.pages)
