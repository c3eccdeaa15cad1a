"""Routing beside the real registry on the broker: from the counter to every inbox."""

from __future__ import annotations

from contextlib import suppress

from saraban.broker.desk import furnished
from saraban.broker.events import hear
from saraban.broker.rpc import rpc
from saraban.contracts import actor as actors
from saraban.contracts.errors.letters import LetterNotFound
from saraban.contracts.errors.routing import NotAReader
from tests.builders import actor, organisation
from tests.integration.broker.green import in_green, serving, wait_until

PARTICULARS = {"subject": "ขอความอนุเคราะห์ช่วยเหลือครูผู้ประสบอุทกภัย", "number": "ศธ ๐๔๐๐๙/๑๒๓", "dated": "20 พ.ย. 2569"}
NIDA = {"kind": "officer", "id": "nida"}


class WindowDesk:
    def __init__(self, office):
        self.heard = []

    def close(self):
        pass


class Window:
    """What the portal does with changed inboxes: it hears of them."""

    name = "window"
    desk = furnished(WindowDesk)

    @hear("routing", "inbox_changed", broadcast=True)
    def inbox_changed(self, payload):
        self.desk.heard.append(payload)

    @rpc
    def heard(self):
        return self.desk.heard


class Officers:
    """Calls in the name of officers, each command under an id of its own."""

    def __init__(self, caller):
        self._caller = caller
        self._commands = 0

    def ask(self, who, service, method, **told):
        return self._caller.call(service, method, actor=actors.to_wire(who), **told)

    def act(self, who, service, method, **told):
        self._commands += 1
        return self.ask(who, service, method, command_id=f"c{self._commands}", **told)

    def set_up(self):
        for one in organisation():
            told = {name: getattr(one, name) for name in type(one).__slots__}
            method = "add_unit" if "parent_id" in told else "appoint_officer"
            self.act(actors.SYSTEM, "registry", method, **told)


def story(folder):
    from services.registry.service import RegistryService
    from services.routing.service import RoutingService

    with serving(RegistryService, RoutingService, Window, data_folder=folder, sweep_seconds=1000) as caller:
        office, seen = Officers(caller), {}
        office.set_up()
        somsri, prasit, nida, anan = map(actor, ("somsri", "prasit", "nida", "anan"))
        letter = office.act(somsri, "registry", "receive", particulars=PARTICULARS, files=[])["letter_id"]
        to = [{"kind": "unit", "id": "licence"}, NIDA]
        seen["readers"] = office.act(somsri, "routing", "circulate", letter_id=letter, to=to)["readers"]
        acknowledged = office.act(anan, "routing", "acknowledge", letter_id=letter)
        seen["anan waits for"] = office.ask(anan, "routing", "inbox", after=acknowledged["position"])["rows"]
        ordered = office.act(
            prasit, "routing", "endorse", letter_id=letter, text="โปรดช่วย", order="assign", to=NIDA, due="30 พ.ย. 2569"
        )
        seen["nida does"] = office.ask(nida, "routing", "inbox", which="actions")["rows"][0]["actions"][0]["due"]
        office.act(nida, "routing", "action_done", letter_id=letter, action_id=ordered["action_id"])
        seen["history"] = [one["what"] for one in office.ask(somsri, "routing", "history", letter_id=letter)["rows"]]
        seen["counts"] = office.ask(somsri, "routing", "circulation", letter_id=letter)["counts"]
        with suppress(NotAReader):
            office.act(somsri, "routing", "acknowledge", letter_id=letter)
            seen["clerk acknowledged"] = True
        with suppress(LetterNotFound):
            office.ask(actor("manop"), "routing", "history", letter_id=letter)
            seen["manop saw it"] = True
        wait_until(lambda: len(caller.call("window", "heard")) >= 4)
        seen["inboxes"] = [
            {name: one[name] for name in ("officer_ids", "unit_ids")} for one in caller.call("window", "heard")
        ]
        seen["replay"] = office.ask(actors.SYSTEM, "routing", "replay_views", check_only=True)["alike"]
        return seen


def test_a_letter_goes_from_the_counter_to_every_inbox(tmp_path):
    seen = in_green(story, str(tmp_path))

    assert seen == {
        "readers": 5,
        "anan waits for": [],
        "nida does": "2026-11-30",
        "history": [
            "letter.arrived",
            "letter.registered",
            "letter.circulated",
            "letter.acknowledged",
            "letter.endorsed",
            "letter.action_ordered",
            "letter.action_done",
        ],
        "counts": {"all": 5, "read": 1, "acknowledged": 1},
        "inboxes": [
            {"officer_ids": ["nida"], "unit_ids": ["licence"]},
            {"officer_ids": ["anan"], "unit_ids": []},
            {"officer_ids": ["nida"], "unit_ids": []},
            {"officer_ids": ["nida", "prasit"], "unit_ids": []},
        ],
        "replay": True,
    }
