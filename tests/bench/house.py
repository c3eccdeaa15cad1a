"""The whole system in one process, measured from outside over HTTP: registering, searching, knocking, idling."""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.house import Client, House, until

CLIENTS = 16
SECONDS = 10.0

GREETING_SECONDS = 3.0

ROUNDS = 3
"""How often registering is measured; the median counts, as other work on the machine comes and goes."""

DEFAULTS = {"SARABAN_MAIL_CHECK_SECONDS": "2", "SARABAN_SWEEP_SECONDS": "10"}
"""What a tested house looks at more often than one in use."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "data", extra=DEFAULTS)
        house.start()
        first = house.ready_seconds
        house.stop()
        with house:
            print(json.dumps({"first_start": first, "start": house.ready_seconds, **measure(house)}))


def measure(house: House) -> dict[str, Any]:
    assert house.process is not None
    pid = house.process.pid
    time.sleep(3)
    figures: dict[str, Any] = {"idle_cpu": idle_cpu(pid), "rss_mb_idle": rss(pid)}
    clerk, officer = house.token("somsri"), house.token("anan")
    rounds, greetings = [], []
    for _ in range(ROUNDS):
        greetings.append(loaded(house.port, clerk, greet, GREETING_SECONDS))
        rounds.append(registering(house.port, clerk))
        memory = rss(pid)
        settle(house, pid)
    figures |= {"registering": median(rounds), "registering_rounds": rounds, "rss_mb_after_registering": memory}
    figures |= {"greeting": median(greetings), "greeting_rounds": greetings}
    figures["searchable_seconds"] = [searchable(house, clerk) for _ in range(3)]
    figures["inbox_seconds"] = [knocked(house, clerk, officer) for _ in range(5)]
    return figures


def median(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def registering(port: int, token: str) -> dict[str, float]:
    """Letters per second over HTTP with 16 clients."""
    figures = loaded(port, token, register, SECONDS)
    return {"letters_per_second": figures.pop("per_second"), **figures}


def register(client: Client) -> None:
    client.did("POST", "/letters", {"particulars": letter("ทดสอบความเร็วการลงทะเบียน"), "files": []})


def greet(client: Client) -> None:
    """The least that an officer's program can ask: who it is. The reference for what the house does beside HTTP."""
    client.did("GET", "/me")


def loaded(port: int, token: str, act: Callable[[Client], None], seconds: float) -> dict[str, float]:
    """How often 16 clients, in a process of their own, did something, and how long one took."""
    with ProcessPoolExecutor(1) as other:
        return other.submit(_load, port, token, act, seconds).result()


def _load(port: int, token: str, act: Callable[[Client], None], seconds: float) -> dict[str, float]:
    stop = time.monotonic() + seconds
    taken: list[float] = []
    threads = [threading.Thread(target=_one_client, args=(port, token, act, stop, taken)) for _ in range(CLIENTS)]
    began = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    taken.sort()
    rate = len(taken) / (time.monotonic() - began)
    return {
        "per_second": round(rate),
        "p50_ms": round(taken[len(taken) // 2] * 1000, 1),
        "p99_ms": round(taken[int(len(taken) * 0.99)] * 1000, 1),
        "clients": CLIENTS,
    }


def _one_client(port: int, token: str, act: Callable[[Client], None], stop: float, taken: list[float]) -> None:
    client = Client(port, token)
    while time.monotonic() < stop:
        began = time.monotonic()
        act(client)
        taken.append(time.monotonic() - began)
    client.close()


def letter(subject: str) -> dict[str, str]:
    return {
        "subject": subject,
        "number": "ศธ ๐๔๐๐๙/๑๒๓",
        "dated": "20 พ.ย. 2569",
        "sender": "สพฐ.",
        "addressee": "เลขาธิการคุรุสภา",
    }


def settle(house: House, pid: int) -> None:
    """Wait until the followers have caught up and the process is quiet."""
    until(lambda: idle_cpu(pid, 1.0) < 5.0, 120)


def searchable(house: House, token: str) -> float:
    """Seconds from the upload of a text PDF until a word of it finds the letter."""
    word = "ทดลองค้น" + uuid.uuid4().hex[:8]
    client = house.client(token)
    pdf = text_pdf(f"หนังสือฉบับนี้มีถ้อยคำ {word} อยู่ในเนื้อความ")
    began = time.monotonic()
    file = client.did("POST", "/files?name=test.pdf", pdf, headers={"Content-Type": "application/pdf"})
    ref = {name: file[name] for name in ("sha256", "name", "media_type", "size")}
    made = client.did("POST", "/letters", {"particulars": letter("ทดสอบการค้น"), "files": [ref]})["letter_id"]
    until(lambda: made in [hit["letter_id"] for hit in client.did("GET", f"/search?q={quote(word)}")["hits"]], 30)
    return round(time.monotonic() - began, 2)


def text_pdf(text: str) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = "node_modules/@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf"
    pdfmetrics.registerFont(TTFont("bench", font))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("bench", 14)
    canvas.drawString(72, 700, text)
    canvas.save()
    return out.getvalue()


def knocked(house: House, clerk: str, officer: str) -> float:
    """Seconds from the answer to a circulation until the officer's inbox holds the letter."""
    sender, reader = house.client(clerk), house.client(officer)
    got = sender.did("POST", "/letters", {"particulars": letter("ทดสอบการเวียน"), "files": []})
    began = time.monotonic()
    sender.did(
        "POST", f"/letters/{got['letter_id']}/circulations", {"to": [{"kind": "officer", "id": "anan"}], "note": ""}
    )
    until(lambda: got["letter_id"] in json.dumps(reader.did("GET", "/inbox?which=waiting")), 30)
    return round(time.monotonic() - began, 3)


def idle_cpu(pid: int, seconds: float = 10.0) -> float:
    """Percent of one core that the process uses while nobody asks anything."""
    before = _ticks(pid)
    time.sleep(seconds)
    return round((_ticks(pid) - before) / os.sysconf("SC_CLK_TCK") / seconds * 100, 2)


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def rss(pid: int) -> int:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    sys.exit(main())
