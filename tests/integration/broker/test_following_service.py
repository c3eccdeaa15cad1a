from __future__ import annotations

import pytest

from saraban.broker import events
from saraban.broker.desk import furnished
from saraban.broker.events import hear
from saraban.broker.following import Following, RegistryLog
from saraban.broker.rpc import rpc
from saraban.broker.threads import in_thread
from saraban.contracts import actor as actors
from saraban.contracts.commit import pack
from saraban.contracts.errors import SarabanError
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower
from tests.builders import actor
from tests.integration.broker.green import in_green, serving, wait_until
from tests.unit.follow.quarantine import PROJECTIONS, Log, quarantined, released

ADMINISTRATOR = actors.to_wire(actor("thana"))
OFFICER = actors.to_wire(actor("anan"))


class RegistryDesk:
    def __init__(self, office):
        self.log = Log()
        self.publish = office.publish

    def close(self):
        pass


class Registry:
    name = "registry"
    desk = furnished(RegistryDesk)

    @rpc
    def say(self, mail, event, *, knock=True):
        commit = self.desk.log.say(quarantined(mail) if event == "in" else released(mail))
        if knock:
            self.desk.publish("committed", {"commits": pack([commit])})
        return commit.position

    @rpc
    def read_log(self, after, limit):
        return pack(self.desk.log.read(after, limit))

    @rpc
    def read_stream(self, stream, after):
        return pack(self.desk.log.stream(stream, after))

    @rpc
    def cheer(self, payload):
        self.desk.publish("cheered", payload)


class MailDesk:
    broken = True

    def __init__(self, office):
        self.views = MemoryViews()
        self.cheers = []
        log = RegistryLog(office.services)
        projections = {**PROJECTIONS, "mail.released": self.release}
        self.follower = Follower(office.service, self.views, log, projections, in_thread=in_thread)

    def release(self, happened, reader):
        if happened.event.sha256 == "poison" and self.broken:
            raise ArithmeticError("no")
        return PROJECTIONS["mail.released"](happened, reader)

    def close(self):
        self.follower.close()


class Mail(Following):
    name = "mail"
    desk = furnished(MailDesk)

    @rpc
    def mail(self, mail, after):
        self.desk.follower.wait_for(after)
        return self.desk.views.get("mail", mail)

    @hear("registry", "cheered")
    def on_cheer(self, payload):
        if self.desk.broken:
            raise ArithmeticError("no")
        self.desk.cheers.append(payload)

    @rpc
    def cheers(self):
        return self.desk.cheers

    @rpc
    def mend(self):
        self.desk.broken = False


def scenario():
    events.DELAYS = ()
    with serving(Registry, Mail, sweep_seconds=1000) as caller:
        say = lambda *what, **how: caller.call("registry", "say", mail=what[0], event=what[1], **how)  # noqa: E731
        seen = {"knocked": caller.call("mail", "mail", mail="a", after=say("a", "in"))}
        seen["not knocked"] = caller.call("mail", "mail", mail="b", after=say("b", "in", knock=False))
        say("poison", "in")
        seen["beside poison"] = caller.call("mail", "mail", mail="poison", after=say("poison", "out"))
        caller.call("registry", "cheer", payload="ไชโย")
        wait_until(lambda: len(caller.call("mail", "parked_list", actor=ADMINISTRATOR)) == 2)
        message, seen["parked"] = caller.call("mail", "parked_list", actor=ADMINISTRATOR)
        seen["for officers"] = refused(caller, "parked_list", actor=OFFICER)
        seen["no such work"] = refused(caller, "parked_retry", actor=ADMINISTRATOR, key="stream:none")
        caller.call("mail", "mend")
        seen["retried"] = caller.call("mail", "parked_retry", actor=ADMINISTRATOR, key=seen["parked"]["key"])
        caller.call("mail", "parked_retry", actor=ADMINISTRATOR, key=message["key"])
        seen["cheers"] = caller.call("mail", "cheers")
        seen["left"] = caller.call("mail", "parked_list", actor=ADMINISTRATOR)
        seen["mended"] = caller.call("mail", "mail", mail="poison", after=1)
        seen["replay"] = caller.call("mail", "replay_views", actor=ADMINISTRATOR, check_only=True)
        return seen


def refused(caller, method, **kwargs):
    try:
        return caller.call("mail", method, **kwargs)
    except SarabanError as error:
        return error.code


@pytest.fixture(scope="module")
def seen(broker):
    return in_green(scenario, broker=broker)


@pytest.mark.parametrize("how", ["knocked", "not knocked"])
def test_a_query_sees_what_its_asker_just_did(seen, how):
    assert seen[how]["times"] == 1


def test_a_stream_that_cannot_be_followed_is_shown_to_administrators(seen):
    assert seen["beside poison"]["how"] is None
    assert (seen["parked"]["kind"], seen["parked"]["stream"]) == ("stream", "mail:poison")
    assert seen["parked"]["error"] == "ArithmeticError: no"


def test_parked_work_is_none_of_an_officers_business(seen):
    assert seen["for officers"] == "not_allowed"


def test_parked_work_that_is_not_there_cannot_be_retried(seen):
    assert seen["no such work"] == "not_found"


def test_a_retry_after_the_mending_brings_the_view_up_to_date(seen):
    assert seen["retried"] is True
    assert seen["mended"]["how"] == "registered"


def test_a_parked_event_is_handled_when_it_is_retried(seen):
    assert seen["cheers"] == ["ไชโย"]
    assert seen["left"] == []


def test_the_views_are_equal_to_their_rebuild(seen):
    assert seen["replay"] == {"position": 4, "alike": True, "differences": [], "unfollowed": {}, "adopted": False}
