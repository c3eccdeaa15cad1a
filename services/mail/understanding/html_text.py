"""The words of an HTML mail, without anything active: no tags, scripts, styles or comments are left.

The library's HTML parser takes quadratic time on hostile input (100 kB of `<a ` took two minutes), so the tags are read
here, each character once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,30})([^<>]*)>|<[!?][^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "title", "template", "object", "svg"})
_PARAGRAPH = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table", "ul", "ol", "pre"))
_LINE = frozenset(("div", "tr", "li", "section", "article", "header", "footer", "dt", "dd"))
_SOFT_BREAK = "\v"
"""The edge of a line: several in a row make one new line."""


def html_text(markup: str) -> str:
    """The text that a reader of `markup` would see, block by block on lines of its own; the target of a link stands in
    angle brackets behind its words."""
    lines = "".join(_visible(_without_comments(markup))).split(_SOFT_BREAK)
    return tidy("\n".join(line for line in lines if line.strip(" ")))


def tidy(text: str) -> str:
    """`text` with single spaces, no spaces at line ends and at most one empty line in a row."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(markup: str) -> str:
    kept = []
    at = 0
    while (start := markup.find("<!--", at)) >= 0 and (end := markup.find("-->", start + 4)) >= 0:
        kept.append(markup[at:start])
        at = end + 3
    kept.append(markup[at:])
    return "".join(kept)


def _visible(markup: str) -> Iterator[str]:
    at = 0
    silent_until = ""
    link = ""
    for tag in _TAG.finditer(markup):
        closing, name = bool(tag[1]), (tag[2] or "").lower()
        if not silent_until:
            yield html.unescape(re.sub(r"\s+", " ", markup[at : tag.start()]))
        at = tag.end()
        if silent_until:
            silent_until = "" if closing and name == silent_until else silent_until
        elif name in _SILENT and not closing:
            silent_until = name
        elif name in _PARAGRAPH or name == "br":
            yield "\n"
        elif name in _LINE:
            yield _SOFT_BREAK
        elif name == "a":
            yield f" <{link}> " if closing and link else ""
            link = "" if closing else _target(tag[3])
    if not silent_until:
        yield html.unescape(markup[at:])


def _target(attributes: str) -> str:
    found = _HREF.search(attributes)
    target = html.unescape(next(filter(None, found.groups()), "")).strip() if found else ""
    return target if re.match(r"https?://", target, re.IGNORECASE) else ""
