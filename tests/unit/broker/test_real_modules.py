"""A driver with threads of its own gets real locks and sockets where eventlet has patched them."""

from __future__ import annotations

import subprocess
import sys


def run_green(body):
    command = [sys.executable, "-W", "ignore", "-c", "import eventlet\neventlet.monkey_patch()\n" + body]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_imported_in_the_block_is_real_and_what_is_imported_behind_it_is_patched():
    done = run_green("""
from saraban.broker.real_modules import real_modules
import socket, threading
with real_modules():
    import socket as real_socket, threading as real_threading, selectors, ssl
import socket as after
print(real_socket.socket.__module__, "poll" in dir(selectors.select), issubclass(ssl.SSLSocket, real_socket.socket))
print(after is socket, socket.socket.__module__, type(real_threading.Lock()).__module__)
""")

    assert done.stdout.splitlines() == ["socket True True", "True eventlet.greenio.base _thread"], done.stderr


def test_all_drivers_share_the_same_real_modules():
    done = run_green("""
from saraban.broker.real_modules import real_modules
with real_modules():
    import threading as one
with real_modules():
    import threading as other
print(one is other)
""")

    assert done.stdout.split() == ["True"], done.stderr


def test_a_driver_that_was_imported_before_is_refused():
    done = run_green("""
import pymongo
from saraban.engines.mongo_database import MongoDatabase
""")

    assert "RuntimeError: pymongo was imported before" in done.stderr


def test_nothing_changes_where_nothing_is_patched():
    import threading

    from saraban.broker.real_modules import real_modules

    with real_modules("pytest"):
        import threading as inside

    assert inside is threading
