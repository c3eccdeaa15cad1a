"""A real Chromium before a real Saraban, both once for each file of tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import Desk
from tests.house import House

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed on this machine"))


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with House(tmp_path_factory.mktemp("house") / "data") as running:
        yield running


@pytest.fixture
def desk_of(browser, house) -> Iterator[Callable[..., Desk]]:
    """The desk of an officer who has signed in: `desk_of("somsri")`."""
    desks: list[Desk] = []

    def sit_down(login: str, **context: object) -> Desk:
        desks.append(Desk.of(browser, f"http://127.0.0.1:{house.port}", login, **context))
        return desks[-1]

    yield sit_down
    for desk in desks:
        desk.leave()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where pictures of the pages are kept for looking at."""
    folder = Path(__file__).parents[2] / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
