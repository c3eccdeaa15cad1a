"""What can go wrong with work that is given to child processes."""

from __future__ import annotations

from saraban.contracts.errors import Unavailable


class ApprenticeGone(Unavailable):
    """A child process ended before it answered; its work is to be done again. `detail`: function."""

    code = "apprentices.gone"
    th = "กระบวนการย่อย {function} สิ้นสุดลงก่อนทำงานเสร็จ ระบบจะทำงานนั้นใหม่"
    en = "The child process for {function} ended before its work was done. The work is done again."
