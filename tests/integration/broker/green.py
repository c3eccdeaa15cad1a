"""Runs a scenario in a process of its own that eventlet has patched, as Saraban's are, and answers what it returned.

A scenario is a function at the top of a test module that returns JSON-ready values. The broker is the embedded one, or
what SARABAN_TEST_BROKER names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
BROKER = os.environ.get("SARABAN_TEST_BROKER", "embedded://")


def in_green(scenario, *args):
    """What `scenario(*args)` returns in a green process."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, scenario.__module__, scenario.__name__, json.dumps(args)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def serving(*services, **settings):
    """Run services for a block; gives a Caller. Only within a scenario."""
    from saraban.broker.config import broker_config
    from saraban.broker.runner import Runner
    from saraban.broker.services import calling
    from saraban.settings import Settings

    chosen = Settings(broker=BROKER, **settings)
    runner = Runner(services, chosen)
    runner.start()
    try:
        with calling(broker_config(chosen)) as caller:
            caller.runner = runner
            yield caller
    finally:
        runner.stop()


def wait_until(true):
    """Sleep until `true()` is. Only within a scenario."""
    import eventlet

    with eventlet.Timeout(15):
        while not true():
            eventlet.sleep(0.01)


def _main(module, name, args):
    import importlib
    import logging

    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    scenario = getattr(importlib.import_module(module), name)
    print(json.dumps(scenario(*json.loads(args))), flush=True)


if __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()
    _main(*sys.argv[1:])
