"""A folder for files on their way in. What a killed process left there is no object and goes after a day."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

LEFT_BEHIND_SECONDS = 24 * 3600


def open_scratch(folder: Path) -> Path:
    """The folder, made when it is not there and swept of what was left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    too_old = time.time() - LEFT_BEHIND_SECONDS
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < too_old:
                path.unlink()
    return folder
