from __future__ import annotations

import subprocess
import sys

START = """
import eventlet
eventlet.monkey_patch()
import socket, sys, time, urllib3
from saraban.broker.real_import import real_import
minio = real_import("minio")
"""


def told(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START + script], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_where_nothing_is_patched_a_driver_is_the_one_that_everyone_knows():
    script = "from saraban.broker.real_import import real_import; import minio; print(real_import('minio') is minio)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "True"


def test_beside_green_ones_a_driver_gets_real_sockets_locks_and_time():
    script = """
own = minio.api.urllib3
print(own.util.connection.socket.socket is socket.socket, type(own._collections.RLock()).__module__,
      own.util.retry.time.sleep is time.sleep)
"""

    assert told(script) == "False _thread False"


def test_what_everyone_else_imports_stays_as_it_was():
    script = """
import http.client, minio as everyones
print(sys.modules["urllib3"] is urllib3, http.client.socket is socket, everyones is minio,
      urllib3.util.connection.socket is socket)
"""

    assert told(script) == "True True False True"


def test_the_same_driver_is_imported_once():
    assert told("print(real_import('minio') is minio)") == "True"


def test_a_slow_answer_stops_no_green_thread():
    script = """
import threading
from eventlet import greenthread, patcher
from saraban.broker.threads import in_thread
deaf = socket.create_server(("127.0.0.1", 0))
client = minio.Minio(f"127.0.0.1:{deaf.getsockname()[1]}", "a", "b", secure=False, region="us-east-1",
                     http_client=minio.api.urllib3.PoolManager(timeout=0.5, retries=False))
rounds = []
turning = eventlet.spawn(lambda: [rounds.append(time.sleep(0.01)) for _ in range(10_000)])
try:
    in_thread(client.bucket_exists, "letters")
except Exception as error:
    print(type(error).__name__, len(rounds) > 10)
"""

    assert told(script) == "ReadTimeoutError True"
