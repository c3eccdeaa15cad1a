"""Logs as one line of JSON each: time, level, service, what happened, and the ids of the request or message at work
(correlation, command, letter).

Logs name ids and codes, never subjects, names or words of a letter, and no password or token: whoever may read logs
need not be cleared. What errors say may hold anything, so their Thai is left out, and secrets are struck out of every
line (see scrubbing.py).
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

import structlog

from saraban.broker.threads import real_lock
from saraban.scrubbing import scrubbed, without_words

LINES = "saraban"
"""The service that is named where no other is: the process as a whole."""


def journal(name: str) -> Any:
    """The log of a module."""
    return structlog.get_logger(name)


class Forgiving:
    """A stream that loses a line rather than the work (logs may go to the disk that is full), and that no secret
    passes."""

    def __init__(self, stream: TextIO, secrets: Sequence[str] = ()) -> None:
        self._stream = stream
        self._secrets = secrets

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError):
            self._stream.write(scrubbed(text, self._secrets))
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with suppress(OSError):
            self._stream.flush()


class Lines:
    """What structlog writes to. Its lock is a real one, as real threads write here too; nothing yields under it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = real_lock()

    def msg(self, line: str) -> None:
        """Write one line."""
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()

    log = debug = info = warn = warning = error = critical = fatal = exception = msg


class Stray:
    """The error stream as other libraries find it: what they write there becomes lines of the journal."""

    def __init__(self) -> None:
        self._rest = ""
        self._log = journal(__name__)

    def write(self, text: str) -> int:
        """Journal every line that is whole."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(str.strip, lines):
            self._log.warning("stray line", text=without_words(line))
        return len(text)

    def flush(self) -> None:
        """Nothing waits but the beginning of a line."""

    def isatty(self) -> bool:
        """Nobody sits at a journal."""
        return False


@contextmanager
def journalled(*, service: str = LINES, level: str = "INFO", secrets: Sequence[str] = ()) -> Iterator[None]:
    """Write the journal to the error stream for the block, and nothing else. `secrets` are words that must not be in
    it. Other libraries are heard from warnings up."""
    errors = sys.stderr
    start_journal(errors, service=service, level=level, secrets=secrets)
    sys.stderr = cast("TextIO", Stray())
    try:
        yield
    finally:
        sys.stderr = errors


def start_journal(errors: TextIO, *, service: str, level: str, secrets: Sequence[str]) -> None:
    """Write logs to the stream `errors` from now on."""
    stream = cast("TextIO", Forgiving(errors, secrets))
    lines = Lines(stream)

    def named(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line.setdefault("service", service)
        return line

    first: list[Any] = [structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, named]
    last: list[Any] = [structlog.processors.TimeStamper(fmt="iso", utc=True), _trace]
    rendered: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*first, *last, rendered],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )
    others = logging.StreamHandler(stream)
    foreign = [*first, structlog.stdlib.add_logger_name, _worded, *last]
    others.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=foreign, processors=[_bare, rendered]))
    logging.basicConfig(handlers=[others], level=logging.WARNING, force=True)


def _trace(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An error as where it happened and what it said, without words of letters."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if error and error[0] is not None:
        line["exception"] = without_words("".join(traceback.format_exception(*error)))
    return line


def _worded(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    line["event"] = without_words(str(line["event"]))
    return line


def _bare(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(_logger, _method, line)
