"""Real threads and green ones in one process: what both use must not have patched locks."""

from __future__ import annotations

import subprocess
import sys

MEETING = """
from saraban.broker.green import make_green
make_green()
import _thread, eventlet, sys
from datetime import datetime
from eventlet import tpool
from saraban.journal import journal, journalled
from saraban.broker.threads import in_thread

sys.setswitchinterval(1e-6)

def work(n):
    for turn in range(300):
        datetime.strptime("23 Nov 2026", "%d %b %Y")
        if turn % 10 == 0:
            journal("meeting").warning("met", n=n)
    return n

with journalled():
    real = [eventlet.spawn(in_thread, work, n) for n in range(8)]
    green = [eventlet.spawn(work, n) for n in range(8, 12)]
    with eventlet.Timeout(60):
        print(sorted(one.wait() for one in real + green) == list(range(12)))
"""


def test_real_and_green_threads_read_dates_and_write_the_journal_at_once():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEETING], capture_output=True, text=True, timeout=120, check=False
    )

    assert done.stdout.split() == ["True"], done.stderr[-2000:]
    assert "different thread" not in done.stderr
    assert done.stderr.count('"met"') == 12 * 30
