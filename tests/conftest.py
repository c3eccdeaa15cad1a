"""What all tests share: in CI's slower suites nothing may be skipped; no test depends on the clock on the wall."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests import servers

settings.register_profile("saraban", deadline=None)
settings.load_profile("saraban")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if os.environ.get("NOTHING_MAY_BE_SKIPPED") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which this run forbids: {report.longrepr}"
    return report


def pytest_sessionfinish():
    servers.stop_all()
