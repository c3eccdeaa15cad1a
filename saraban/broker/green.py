"""Making a process green: every service runs on eventlet's patched standard library."""

from __future__ import annotations

import warnings


def make_green() -> None:
    """Patch the standard library, before anything else imports it.

    Some of its modules keep a lock of their own from their first import on, and engines use them in real threads: a
    patched lock breaks when real threads meet at it. Those are imported before, with real locks.
    """
    import _strptime  # type: ignore[import-not-found]  # noqa: F401 - the lock of its cache of formats; the S3 client reads dates with it
    import tempfile  # noqa: F401 - the lock of its names

    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # known: docs/decisions/0001-nameko.md
    import eventlet

    eventlet.monkey_patch()
