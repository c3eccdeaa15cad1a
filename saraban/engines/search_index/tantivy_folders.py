"""The folders behind an index by tantivy: one for each generation, and a file that names the live one. Writing that
file is the swap; every other folder is left over from a rebuild and may go."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from saraban.contracts.ids import new_id
from saraban.engines.folder_lock import NAME as OWNER
from saraban.engines.folder_lock import owned

LIVE = "live"


class Folders:
    """The generations under `root`, which this process owns until `close`. Raises StoreInUse when another one does."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._owning = ExitStack()
        self._owning.enter_context(owned(root))

    def live(self) -> Path | None:
        """The folder of the live generation; None before the first."""
        try:
            name = (self._root / LIVE).read_text(encoding="ascii")
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        folder = self._root / name
        return folder if name and folder.parent == self._root and folder.is_dir() else None

    def make(self) -> Path:
        """A fresh folder."""
        folder = self._root / new_id()
        folder.mkdir()
        return folder

    def make_live(self, folder: Path) -> None:
        """Let this generation be the live one, durably and in one step."""
        written = self._root / f"{LIVE}.new"
        with written.open("w", encoding="ascii") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self._root / LIVE)
        _keep(self._root)

    def sweep(self) -> None:
        """Remove everything but the live generation. Who still reads from a removed one reads on undisturbed."""
        live = self.live()
        kept = {LIVE, OWNER, live.name if live else ""}
        for path in self._root.iterdir():
            if path.name not in kept:
                _remove(path)

    def close(self) -> None:
        """Own the folder no longer."""
        self._owning.close()


def _keep(folder: Path) -> None:
    """Have the names in a folder outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
