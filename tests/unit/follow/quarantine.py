"""A small log to follow: mails that go into quarantine and out again, and the desk that looks after them.

Its view has a document for each mail (`mail`), found by its state, and one for the desk (`desk`), which says who came
last: that one is right only when the log is followed in order across streams.
"""

from __future__ import annotations

from dataclasses import dataclass

from saraban.contracts import codec
from saraban.contracts.commit import Draft, RecordedEvent
from saraban.contracts.events.mail import MailQuarantined, MailReleased
from saraban.contracts.ids import mail_stream
from saraban.engines.event_store.memory import MemoryEventStore
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower
from saraban.ports import Put


class Log:
    """A log with a pen: what is said gets the next version of its stream, in a commit of its own."""

    def __init__(self):
        self.store = MemoryEventStore()
        self.reads = 0

    def read(self, after, limit):
        self.reads += 1
        return self.store.read(after, limit)

    def stream(self, name, after):
        return self.store.commits_of_stream(name, after)

    def say(self, *happened):
        recorded = []
        for event in happened:
            stream = mail_stream(event.sha256)
            version = self.store.versions([stream])[stream] + sum(one.stream == stream for one in recorded) + 1
            recorded.append(
                strange(event, version) if isinstance(event, Strange) else codec.encode(stream, version, event)
            )
        return self.write(*recorded)

    def write(self, *recorded):
        position = self.store.head().position + 1
        draft = Draft(
            command_id=f"command-{position}",
            at=f"2026-11-23T08:00:00.{position:06d}+00:00",
            actor={"name": "สมศรี"},
            cause=None,
            events=recorded,
        )
        (commit,) = self.store.append([draft])
        return commit


@dataclass
class Strange:
    """An event that no release of this program knows."""

    sha256: str


def strange(event, version):
    stream = mail_stream(event.sha256)
    return RecordedEvent(stream=stream, version=version, type="mail.sung", type_version=1, data={})


def quarantined(mail, reason="no_sender"):
    return MailQuarantined(sha256=mail, reason=reason, detail="")


def released(mail, how="registered"):
    return MailReleased(sha256=mail, how=how)


def went_in(happened, reader):
    doc = reader.get("mail", happened.event.sha256) or {"times": 0, "how": None}
    new = {"times": doc["times"] + 1, "reason": happened.event.reason, "by": happened.actor["name"], "at": happened.at}
    doc = {**doc, **new}
    yield Put(table="mail", key=happened.event.sha256, doc=doc, index={"state": ["waiting"]}, sort=happened.at)
    yield came_last(happened, reader)


def went_out(happened, reader):
    doc = {**reader.get("mail", happened.event.sha256), "how": happened.event.how}
    yield Put(table="mail", key=happened.event.sha256, doc=doc, index={"state": ["done"]}, sort=happened.at)
    yield came_last(happened, reader)


def came_last(happened, reader):
    waiting = reader.count("mail", "state", ["waiting"])
    return Put(table="desk", key="desk", doc={"last": happened.event.sha256, "waiting_before": waiting})


PROJECTIONS = {"mail.quarantined": went_in, "mail.released": went_out}


def follower(log, views=None, **changed):
    return Follower("mail", views or MemoryViews(), log, changed.pop("projections", PROJECTIONS), **changed)
