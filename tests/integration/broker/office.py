"""A small office for tests that kill and cut: a service that notes in files what it does, in processes of its own."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from saraban.broker.desk import furnished
from saraban.broker.events import hear
from saraban.broker.health import watched
from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.engines.views.sqlite import SqliteViews
from saraban.parking import TABLE, parked
from tests.integration.broker.green import ROOT, green, on


class SpeakerDesk:
    def __init__(self, office):
        self.publish = office.publish

    def close(self):
        pass


class Speaker:
    """Says what it is told to say."""

    name = "speaker"
    desk = furnished(SpeakerDesk)

    @rpc
    def say(self, number, how="well"):
        self.desk.publish("news", {"number": number, "how": how})


class ClerkDesk:
    """Views in a file that all processes of the office share, and a line in `done` for each number written."""

    def __init__(self, office):
        self.folder = Path(office.settings.data_folder)
        self.views = SqliteViews(self.folder / f"{office.service}.db")

    def write(self, number):
        """Write a number down once, however often it comes."""
        if in_thread(self.views.put_record, "written", f"{number:06}", {}, unless_exists=True):
            note(self.folder / "done", f"{number} {mark()}")

    def close(self):
        self.views.close()


class Clerk:
    """Writes down the numbers that it hears. One said `slowly` takes longer than two heartbeats, one said `badly` fails
    while the file `broken` is there."""

    name = "clerk"
    desk = furnished(ClerkDesk)
    health = watched()

    @hear("speaker", "news")
    def take(self, payload):
        note(self.desk.folder / "begun", f"{payload['number']} {mark()}")
        if payload["how"] == "slowly":
            in_thread(time.sleep, 5.0)
        if payload["how"] == "badly" and (self.desk.folder / "broken").exists():
            raise ArithmeticError("no")
        self.desk.write(payload["number"])

    @rpc
    def written(self):
        return [int(key) for key, _ in self.desk.views.records("written")]

    @rpc
    def slowly(self, number):
        note(self.desk.folder / "begun", f"{number} {mark()}")
        in_thread(time.sleep, 1.5)
        return {"number": number, "by": mark()}

    @rpc
    def parked_list(self):
        return [{"key": key, **doc} for key, doc in parked(self.desk.views)]

    @rpc
    def parked_retry(self, key):
        doc = self.desk.views.record(TABLE, key)
        self.take(doc["payload"])
        return self.desk.views.delete_record(TABLE, key)


def mark():
    """Which process writes."""
    import os

    return os.getpid()


def note(path, line):
    with path.open("a") as file:
        file.write(f"{line}\n")


def noted(path):
    """The numbers noted in a file, with the process that noted each."""
    if not path.exists():
        return []
    return [tuple(map(int, line.split())) for line in path.read_text().splitlines()]


def serve(folder, names, heartbeat):
    """Serve until told to stop; the scenario of a process."""
    from saraban.broker import config, events, listener
    from saraban.broker.runner import run
    from saraban.settings import Settings

    config.HEARTBEAT = heartbeat
    listener.LONGEST_PAUSE = 0.5
    events.DELAYS = (0.1, 0.1)
    services = [service for service in (Speaker, Clerk) if service.name in names]
    run(services, Settings(data_folder=folder), on_ready=lambda: print("ready", flush=True))


@contextmanager
def process(folder, broker, *names, heartbeat=15, await_ready=True):
    """A process with the services of these names; killed at the end."""
    with (folder / "journal").open("ab") as journal:
        running = subprocess.Popen(
            green(serve, str(folder), names, heartbeat),
            cwd=ROOT, env=on(broker), stdout=subprocess.PIPE, stderr=journal, text=True,
        )  # fmt: skip
    try:
        if await_ready:
            ready(running)
        yield running
    finally:
        running.kill()
        running.communicate()


def ready(running):
    """Wait until a process says that it is ready."""
    assert running.stdout.readline() == "ready\n"


def until(true, seconds=30):
    """Wait until `true()` is."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "not in time"
        time.sleep(0.05)


def ask(broker, service, method, **kwargs):
    """Call from outside, in a process of its own."""
    from tests.integration.broker.green import in_green

    return in_green(calls, [[service, method, kwargs]], broker=broker)[0]


def say(broker, numbers, how="well"):
    """Have the speaker say numbers."""
    from tests.integration.broker.green import in_green

    in_green(calls, [["speaker", "say", {"number": number, "how": how}] for number in numbers], broker=broker)


def calls(asked):
    """The answers of calls, one after the other; the scenario of a caller."""
    from saraban.broker.config import broker_config
    from saraban.broker.services import calling
    from saraban.contracts.errors import SarabanError
    from saraban.settings import Settings

    answers = []
    with calling(broker_config(Settings())) as caller:
        for service, method, kwargs in asked:
            try:
                answers.append(caller.call(service, method, **kwargs))
            except SarabanError as error:
                answers.append(error.code)
    return answers
