"""The words of an e-mail: what its body says, without its attachments."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

Decode = Callable[[bytes, str], str]

_THAI_LABELS = ("tis-620", "iso-8859-11", "windows-874", "x-windows-874", "ms874", "cp874", "dos-874")
_BREAKS = {"p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4"}


def mail_text(raw: bytes, decode: Decode) -> str:
    """The plain body, or the HTML one as text when there is no other; empty when there is none."""
    message = message_from_bytes(raw, policy=policy.default)
    bodies = [part for part in message.walk() if _is_body(part)]
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    return "\n".join(_text(part, decode) for part in plain or bodies)


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_type() in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment"


def _text(part: EmailMessage, decode: Decode) -> str:
    label = (part.get_content_charset() or "").lower()
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    text = decode(raw, "cp874" if label in _THAI_LABELS else label)
    return text if part.get_content_type() == "text/plain" else _Words.of(text)


class _Words(HTMLParser):
    """Collects the visible words of HTML."""

    @staticmethod
    def of(html: str) -> str:
        words = _Words()
        words.feed(html)
        words.close()
        return "".join(words.pieces)

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in {"script", "style"}
        self.pieces += ["\n"] if tag in _BREAKS else []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"} and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)
