"""Runs a scenario in a process of its own that eventlet has patched, as Saraban's are, and answers what it returned.

A scenario is a function at the top of a test module that returns JSON-ready values.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]


def green(scenario, *args):
    """The command of a green process that runs `scenario(*args)` and prints what it returns."""
    return [sys.executable, "-m", __name__, scenario.__module__, scenario.__name__, json.dumps(args)]


def on(broker):
    """The environment of a process on that broker."""
    return {**os.environ, "SARABAN_BROKER": broker}


def in_green(scenario, *args, broker="embedded://"):
    """What `scenario(*args)` returns in a green process on that broker."""
    done = subprocess.run(
        green(scenario, *args),
        cwd=ROOT,
        env=on(broker),
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

    chosen = Settings(**settings)
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
