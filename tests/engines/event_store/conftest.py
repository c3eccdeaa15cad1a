"""One suite for every engine: `log` runs on all of them, `lasting_log` on those that outlive their process."""

from __future__ import annotations

import pytest

from tests.engines.event_store.engines import ALL, LASTING, Log


@pytest.fixture(params=ALL)
def log(request, tmp_path):
    under_test = Log(request.param, str(tmp_path))
    yield under_test
    under_test.close()


@pytest.fixture(params=LASTING)
def lasting_log(request, tmp_path):
    under_test = Log(request.param, str(tmp_path))
    yield under_test
    under_test.close()


@pytest.fixture
def store(log):
    return log.open()
