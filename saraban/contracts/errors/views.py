"""What can go wrong with views."""

from __future__ import annotations

from saraban.contracts.errors import Unavailable


class ViewBehind(Unavailable):
    """A view did not reach the asked position of the log in time. `detail`: what (the service), position, reached."""

    code = "view.behind"
    th = "ข้อมูลล่าสุดยังมาไม่ถึงหน้านี้ โปรดรอสักครู่แล้วเปิดใหม่"
    en = "The newest changes have not reached this page yet. Wait a moment and open it again."
