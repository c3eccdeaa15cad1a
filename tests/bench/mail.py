"""How fast mail is understood and taken in: `python -m tests.bench.mail [mails]` prints JSON.

`messages_per_second`: raw bytes to meaning (character sets, parts, files, particulars), one thread, beside the standard
library's own parser with its default policy over the same bytes. `taken_in`: mails dropped into the Maildir of a
running system, until each is a letter in the tray with its files kept, all of it durable.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.mail.understanding import Understood, understand
from services.mail.understanding.suggestions import suggest
from tests.house import House

MAILS = 400
SECONDS = 5.0
SIZES = (0, 20_000, 20_000, 150_000, 150_000, 1_000_000)
"""Bytes of the attached PDF; 0 for none."""

WORDS = "เรียน เลขาธิการคุรุสภา ตามหนังสือที่อ้างถึง ขอส่งรายงานผลการช่วยเหลือครูผู้ประสบอุทกภัย มาเพื่อโปรดทราบ "


def main() -> None:
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else MAILS
    corpus = [mail(at) for at in range(60)]
    reading = rate(corpus, read)
    library = rate(corpus, read_by_library)
    figures = {
        "messages_per_second": round(reading),
        "library_per_second": round(library),
        "megabytes_per_second": round(reading * sum(map(len, corpus)) / len(corpus) / 1e6, 1),
        "taken_in": take_in(mails),
    }
    print(json.dumps(figures, indent=2))


def mail(at: int, sizes: tuple[int, ...] = SIZES) -> bytes:
    """A letter by mail, always the same for one number: Thai in one of the usual character sets."""
    charset = ("tis-620", "utf-8", "windows-874")[at % 3]
    codec = "utf-8" if charset == "utf-8" else "cp874"
    subject = base64.b64encode(f"ที่ ศธ ๐๔๐๐๙/{at} เรื่อง รายงานผลการช่วยเหลือครู".encode(codec)).decode()
    head = (
        f"From: =?{charset}?B?{base64.b64encode('สพฐ.'.encode(codec)).decode()}?= <saraban{at}@obec.go.th>\r\n"
        f"To: ksp@saraban.mail.go.th\r\nMessage-ID: <{at}@obec.go.th>\r\nSubject: =?{charset}?B?{subject}?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
        f"--cut\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    )
    raw = head.encode() + (WORDS * 20).encode(codec) + b"\r\n"
    size = sizes[at % len(sizes)]
    if size:
        pdf = b"%PDF-1.4\n" + random.Random(at).randbytes(size)
        name = "".join(f"%{byte:02X}" for byte in f"หนังสือ {at}.pdf".encode(codec))
        raw += f"--cut\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*={charset}''{name}\r\n".encode()
        raw += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(pdf).replace(b"\n", b"\r\n")
    return raw + b"--cut--\r\n"


def read(raw: bytes) -> None:
    result = understand(raw)
    assert isinstance(result, Understood)
    suggest(result, result.flags)


def read_by_library(raw: bytes) -> None:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    for part in message.walk():
        part.get_payload(decode=True)


def rate(corpus: list[bytes], act: Callable[[bytes], None]) -> float:
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        act(corpus[done % len(corpus)])
        done += 1
    return done / (time.perf_counter() - began)


def take_in(mails: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with House(data):
            box = data / "mail" / "in"
            already = len(list((box / "cur").iterdir()))
            for at in range(mails):
                (box / "tmp" / str(at)).write_bytes(mail(at + 1000, sizes=(20_000,)))
            began = time.perf_counter()
            for at in range(mails):
                (box / "tmp" / str(at)).rename(box / "new" / f"1700000000.M{at}P1.host")
            while len(list((box / "cur").iterdir())) < already + mails:
                time.sleep(0.02)
            seconds = time.perf_counter() - began
    return {"mails": mails, "seconds": round(seconds, 2), "per_second": round(mails / seconds)}


if __name__ == "__main__":
    main()
