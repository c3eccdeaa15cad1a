"""What apprentices do in the tests."""

from __future__ import annotations

import os
import time


def doubled(number: int) -> int:
    return 2 * number


def halved(number: int) -> int:
    if number % 2:
        raise ValueError("an odd number")
    return number // 2


def lines(text: str, count: int) -> str:
    return text * count


def who() -> int:
    return os.getpid()


def dies(number: int) -> int:
    if number == 13:
        os._exit(1)
    return number


def sleeps(seconds: float) -> None:
    time.sleep(seconds)
