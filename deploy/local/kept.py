"""Where downloads and builds are kept: outside the tree, made once, used by every later run."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path


def kept() -> Path:
    """The folder of what is downloaded or built once: `saraban` in the user's cache folder (XDG_CACHE_HOME)."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "saraban"


def once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` in the kept place. When it is not there, `make` fills a fresh folder which then takes the name,
    so a build that was cut off is begun anew. Two callers do not build the same thing side by side."""
    place = kept() / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            growing = place.with_name(f"{place.name}.part")
            shutil.rmtree(growing, ignore_errors=True)
            growing.mkdir()
            make(growing)
            growing.rename(place)
    return place
