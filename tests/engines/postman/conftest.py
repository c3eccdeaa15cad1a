"""The postmen that must pass the suite: one joins by a line in POSTMEN, with its way to read what it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from saraban.engines.postman.folder import FolderPostman
from saraban.engines.postman.memory import MemoryPostman
from saraban.ports import Postman


@dataclass
class Way:
    postman: Postman
    taken: Callable[[], list[bytes]]
    reopened: Callable[[], Postman]


def memory(_: Path) -> Way:
    postman = MemoryPostman()
    return Way(postman, lambda: [one.raw for one in postman.handed.values()], lambda: postman)


def folder(root: Path) -> Way:
    return Way(
        FolderPostman(root),
        lambda: [path.read_bytes() for path in sorted(root.glob("*.eml"))],
        lambda: FolderPostman(root),
    )


POSTMEN: dict[str, Callable[[Path], Way]] = {"memory": memory, "folder": folder}


@pytest.fixture(params=POSTMEN)
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    return POSTMEN[request.param](tmp_path / "out")
