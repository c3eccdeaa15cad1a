"""The mailboxes that must pass the suite: one joins by a line in BOXES, with its way to have a mail delivered."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from saraban.engines.mailbox.maildir import MaildirMailbox
from saraban.engines.mailbox.memory import MemoryMailbox
from saraban.ports import Mailbox


@dataclass
class Box:
    mailbox: Mailbox
    deliver: Callable[[bytes], None]
    reopened: Callable[[], Mailbox]


def memory(_: Path) -> Box:
    box = MemoryMailbox()
    return Box(box, box.deliver, lambda: box)


def maildir(root: Path) -> Box:
    box = MaildirMailbox(root)

    def deliver(raw: bytes) -> None:
        name = f"{1_700_000_000 + len(list((root / 'new').iterdir()))}.{uuid.uuid4().hex}.host"
        (root / "tmp" / name).write_bytes(raw)
        (root / "tmp" / name).rename(root / "new" / name)

    return Box(box, deliver, lambda: MaildirMailbox(root))


BOXES: dict[str, Callable[[Path], Box]] = {"memory": memory, "maildir": maildir}


@pytest.fixture(params=BOXES)
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Box:
    return BOXES[request.param](tmp_path / "mail")
