"""What can go wrong between services."""

from __future__ import annotations

from saraban.contracts.errors import Invalid, Unavailable


class ServiceAway(Unavailable):
    """A service did not answer in time, or is not running. Whether it acted is unknown: repeat with the same
    `command_id`. `detail`: what (the service)."""

    code = "service.away"
    th = "ระบบส่วน {what} ยังไม่ตอบ โปรดรอสักครู่แล้วทำรายการเดิมอีกครั้ง ระบบจะไม่บันทึกซ้ำ"
    en = "The part {what} does not answer. Wait a moment and repeat; nothing is recorded twice."


class ServiceFailed(Unavailable):
    """A service met an error that it does not know; its log tells more. `detail`: what (the service), incident (the
    correlation id to look for in the logs)."""

    code = "service.failed"
    th = "ระบบส่วน {what} ขัดข้อง โปรดแจ้งผู้ดูแลระบบพร้อมรหัสเหตุการณ์ {incident}"
    en = "The part {what} failed. Tell the operator the incident {incident}."


class BrokerNotShared(Invalid):
    """A single service was to run on the embedded broker, which no other process can reach. `detail`: setting."""

    code = "broker.not_shared"
    th = "ตั้งค่า {setting} เป็น amqp://… ก่อนจึงจะแยกบริการเป็นหลายโปรเซสได้ หรือใช้คำสั่ง serve แทน"
    en = "Set {setting} to amqp://… to run a service on its own, or use the command serve."
