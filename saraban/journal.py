"""Logs as one line of JSON each, with the correlation id of the request or message at work.

Logs name ids and codes, never subjects, names or words of a letter: whoever may read logs need not be cleared.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def journal(name: str) -> Any:
    """The log of a module."""
    return structlog.get_logger(name)


def start_journal(*, level: str = "INFO") -> None:
    """Write logs to the error stream from now on; other libraries' only from warnings up."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
