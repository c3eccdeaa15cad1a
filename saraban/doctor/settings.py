"""Settings: misspelt ones, and combinations that cannot work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saraban.doctor.findings import Finding, well, wrong
from saraban.settings import Settings

LOOK = "settings"
HERE_ALONE = {"log": "sqlite", "views": "sqlite", "objects": "file", "index": "tantivy"}
"""Setting → the engine that one machine alone can use."""
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SHORTEST_SECRET = 32


def look(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with the settings in this environment."""
    found = [*_misspelt(environment), *_between_machines(settings), *_open_to_the_network(settings)]
    yield from found or [well(LOOK, "การตั้งค่าถูกต้อง", "The settings are sound.")]


def _misspelt(environment: Mapping[str, str]) -> Iterator[Finding]:
    known = {f"SARABAN_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        if name.startswith("SARABAN_") and name not in known:
            yield wrong(
                LOOK,
                (f"ไม่มีการตั้งค่าชื่อ {name}", f"There is no setting {name}."),
                ("แก้ชื่อตาม docs/settings.md หรือลบออก", "Correct the name (docs/settings.md) or remove it."),
            )


def _between_machines(settings: Settings) -> Iterator[Finding]:
    if settings.alone():
        return
    if len(settings.secret) < SHORTEST_SECRET:
        yield wrong(
            LOOK,
            ("SARABAN_SECRET ว่างหรือสั้นเกินไป", "SARABAN_SECRET is empty or short: services refuse each other's tickets."),
            ("ตั้งค่าเดียวกันยาวอย่างน้อย 32 ตัวอักษรให้ทุกบริการ", "Give every service the same one, of 32 characters or more."),
        )
    for name, engine in HERE_ALONE.items():
        if getattr(settings, name).startswith(f"{engine}:"):
            yield wrong(
                LOOK,
                (
                    f"SARABAN_{name.upper()} ใช้ {engine}: ซึ่งใช้ได้บนเครื่องเดียว",
                    f"{name} is {engine}:, which one machine alone can use.",
                ),
                ("ใช้ mongodb:, s3: หรือ opensearch: แทน", "Use mongodb:, s3: or opensearch: instead."),
            )


def _open_to_the_network(settings: Settings) -> Iterator[Finding]:
    if settings.host not in LOOPBACK and not settings.secure_cookies:
        yield wrong(
            LOOK,
            (
                f"เว็บเปิดที่ {settings.host} โดยไม่บังคับ HTTPS",
                f"The portal is open at {settings.host}, and its cookies may go without HTTPS.",
            ),
            ("ตั้ง SARABAN_SECURE_COOKIES=true หลัง HTTPS", "Put HTTPS before it and set SARABAN_SECURE_COOKIES=true."),
        )
