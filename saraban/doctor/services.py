"""The broker and the services behind it: who answers, who is behind, what waits, what is parked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from saraban.broker.depths import Depth, calls_of, depths
from saraban.broker.queues import DEAD_LETTERS
from saraban.broker.services import Caller
from saraban.contracts.actor import SYSTEM, to_wire
from saraban.contracts.errors import SarabanError
from saraban.doctor.findings import Finding, notice, well, wrong
from saraban.health.needs import SERVICE_PATIENCE
from saraban.settings import Settings

SERVICES = ("registry", "intake", "routing", "search", "mail")
MANY_WAITING = 1000
BEHIND = 100
"""Commits that a view may be behind a busy log."""


def look_at_broker(settings: Settings) -> Iterator[Finding]:
    """Whether the broker answers, every service listens, and no message is stuck."""
    if settings.alone():
        yield well("broker", "ระบบส่งข้อความอยู่ในโปรเซสเดียวกัน", "The broker is part of the process.")
        return
    try:
        found = depths(settings.broker, [DEAD_LETTERS, *map(calls_of, SERVICES)])
    except SarabanError:
        yield wrong(
            "broker",
            ("ติดต่อ RabbitMQ ไม่ได้", "RabbitMQ cannot be reached."),
            ("ตรวจว่าเซิร์ฟเวอร์ทำงานและ SARABAN_BROKER ถูก", "See that it runs and that SARABAN_BROKER is right."),
        )
        return
    unsound = [*_queues(found), *_dead(found)]
    yield from unsound or [
        well("broker", "RabbitMQ ตอบและทุกคิวมีผู้รับ", "RabbitMQ answers, and every queue is listened to.")
    ]


def look_at_services(services: Caller | None) -> Iterator[Finding]:
    """Whether each service is ready and up with the log; `services` is None when no system runs."""
    if services is None:
        yield notice(
            "services", ("ระบบยังไม่ได้ทำงาน", "No system runs on this data folder."), ("saraban serve", "saraban serve")
        )
        return
    head = _head(services)
    for name in SERVICES:
        yield from _service(services, name, head)


def _queues(found: Mapping[str, Depth]) -> Iterator[Finding]:
    for service in SERVICES:
        depth = found.get(calls_of(service))
        if depth is None or not depth.listeners:
            said = (f"ไม่มีโปรเซสของ {service} รับข้อความ", f"No process of {service} listens.")
            yield wrong("broker", said, (f"saraban run {service}", f"saraban run {service}"))
        elif depth.waiting > MANY_WAITING:
            said = (f"มีข้อความรอ {service} อยู่ {depth.waiting}", f"{depth.waiting} calls wait for {service}.")
            yield wrong("broker", said, (f"เพิ่มจำนวน {service}", f"Run more replicas of {service}."))


def _dead(found: Mapping[str, Depth]) -> Iterator[Finding]:
    count = found[DEAD_LETTERS].waiting if DEAD_LETTERS in found else 0
    if count:
        said = (
            f"มีข้อความที่ส่งไม่สำเร็จ {count} ข้อความใน {DEAD_LETTERS}",
            f"{count} messages were delivered too often and lie in {DEAD_LETTERS}.",
        )
        todo = (
            "ไม่มีข้อมูลสูญหาย อ่านบันทึกการทำงานแล้วล้างคิวนี้",
            "Nothing is lost: read the journal for why a process died, then purge the queue.",
        )
        yield notice("broker", said, todo)


def _head(services: Caller) -> int | None:
    try:
        position: int = services.call("registry", "head", timeout=SERVICE_PATIENCE)["position"]
    except SarabanError:
        return None
    return position


def _service(services: Caller, name: str, head: int | None) -> Iterator[Finding]:
    try:
        told = services.call(name, "ready", timeout=SERVICE_PATIENCE)
        parked = services.call(name, "parked_list", timeout=SERVICE_PATIENCE, actor=to_wire(SYSTEM))
    except SarabanError as error:
        said = (f"{name}: {error.message_th}", f"{name}: {error.message_en}")
        yield wrong("services", said, (f"ดูบันทึกการทำงานของ {name}", f"Look into the journal of {name}."))
        return
    found = [*_missing(name, told), *_behind(name, told, head), *_parked(name, len(parked))]
    yield from found or [well("services", f"{name} พร้อม", f"{name} is ready and up with the log.")]


def _missing(name: str, told: Mapping[str, Any]) -> Iterator[Finding]:
    for one in told["missing"]:
        said = (
            f"{name}: {one['th']} ตั้งแต่ {one['since']}",
            f"{name}: {one['en']} Since {one['since']} ({one['code']}).",
        )
        yield wrong(
            "services", said, ("ดูหัวข้อ NeedMissing ใน docs/operations.md", "See NeedMissing in docs/operations.md.")
        )


def _behind(name: str, told: Mapping[str, Any], head: int | None) -> Iterator[Finding]:
    behind = (head or 0) - told["position"]
    if behind > BEHIND:
        said = (f"{name} ตามบันทึกไม่ทัน {behind} รายการ", f"The views of {name} are {behind} commits behind.")
        yield wrong(
            "services", said, ("ดูหัวข้อ ViewBehind ใน docs/operations.md", "See ViewBehind in docs/operations.md.")
        )


def _parked(name: str, count: int) -> Iterator[Finding]:
    if count:
        said = (f"{name} มีงานค้าง {count} รายการ", f"{count} pieces of work of {name} are parked.")
        yield wrong(
            "services",
            said,
            (
                "saraban parked list แล้วแก้สาเหตุ จากนั้น saraban parked retry",
                "saraban parked list; put right what is wrong; saraban parked retry.",
            ),
        )
