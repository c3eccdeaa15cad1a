"""The central address of the Secretariat for tests: real rules of the registry over the memory log, and everything
around mail in memory. Any step can be the last one of a process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saraban.contracts import codec, ids
from saraban.contracts.actor import SYSTEM, Actor
from saraban.contracts.commit import Commit, RecordedEvent
from saraban.contracts.errors import SarabanError
from saraban.contracts.errors.files import FileUnknown
from saraban.contracts.events import registry as said
from saraban.contracts.events.intake import FileStored
from saraban.contracts.letters import FileRef, Particulars
from saraban.engines.mailbox.memory import MemoryMailbox
from saraban.engines.postman.memory import MemoryPostman
from saraban.engines.views.memory import MemoryViews
from saraban.follow import Follower
from saraban.settings import Settings
from services.mail.desk import Desk
from services.mail.handlers.incoming.mailbox import check_mailbox
from services.mail.handlers.outgoing.sending import send_waiting
from services.mail.views.deliveries import deliveries
from services.mail.views.projections import projections
from services.mail.views.quarantine import quarantine
from services.registry.handlers import incoming as registry_incoming
from services.registry.handlers.record import record
from tests.unit.mail.letters_by_mail import PDF
from tests.unit.registry.office import Office as RegistryOffice

AGENCY = said.AgencyNamed(
    name="สำนักงานเลขาธิการคุรุสภา",
    short_name="คุรุสภา",
    code="ศธ ๕๑๐๐",
    address="128/1 ถนนนครราชสีมา",
    email="ksp@saraban.mail.go.th",
    telephone="0 2304 9899",
)
OBEC = "saraban@obec.go.th"


class Killed(BaseException):
    """The process ended here."""


@dataclass
class Fate:
    """Counts the steps that leave a trace, and kills the process before or after the chosen one."""

    steps: int = 0
    kill_at: int | None = None
    after: bool = False

    def around(self, act: Callable[..., Any], *args: Any, **how: Any) -> Any:
        place, self.steps = self.steps, self.steps + 1
        if place == self.kill_at and not self.after:
            raise Killed
        result = act(*args, **how)
        if place == self.kill_at and self.after:
            raise Killed
        return result


class Mortal:
    """Something whose named methods a process may not survive."""

    def __init__(self, inner: Any, fate: Fate, *methods: str) -> None:
        self._inner, self._fate, self._methods = inner, fate, methods

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name not in self._methods:
            return found
        return lambda *args, **how: self._fate.around(found, *args, **how)


class RegistryInHouse:
    """The registry's rules without a broker."""

    def __init__(self, office: RegistryOffice) -> None:
        self.office = office
        self.away: SarabanError | None = None

    def arrive(self, actor: Actor, command_id: str, letter: Mapping[str, Any]) -> Mapping[str, Any]:
        self._reached()
        return registry_incoming.arrive(self.office.clerk, actor, command_id, letter)

    def record(self, command_id: str, actor: Mapping[str, Any], cause: str, events: Sequence[RecordedEvent]) -> Commit:
        self._reached()
        plain = [codec.encode(one.stream, one.version, codec.decode(one.type, 1, one.data)) for one in events]
        return record(self.office.clerk, command_id, actor, cause, [_builtins(one) for one in plain])

    def stream_versions(self, streams: Sequence[str]) -> Mapping[str, int]:
        self._reached()
        return self.office.store.versions(streams)

    def commits(self, stream: str) -> Sequence[Commit]:
        self._reached()
        return self.office.store.commits_of_stream(stream, 0)

    def head(self) -> int:
        self._reached()
        return self.office.store.head().position

    def _reached(self) -> None:
        if self.away:
            raise self.away


class FilesInHouse:
    """Intake without HTTP: bytes by hash, each told to the log once."""

    def __init__(self, office: RegistryOffice) -> None:
        self.office = office
        self.kept: dict[str, bytes] = {}

    def put(self, stream: Any, *, name: str, media_type: str = "", **_: Any) -> dict[str, Any]:
        data = stream.read() if hasattr(stream, "read") else b"".join(stream)
        sha256 = hashlib.sha256(data).hexdigest()
        self.kept[sha256] = data
        stored = {"sha256": sha256, "name": name, "media_type": media_type, "size": len(data)}
        self.office.say(f"store-{sha256}", [(ids.file_stream(sha256), FileStored(**stored))])
        return {**stored, "duplicate": False}

    def chunks(self, sha256: str) -> Iterator[bytes]:
        if sha256 not in self.kept:
            raise FileUnknown({"sha256": sha256})
        yield self.kept[sha256]


@dataclass
class MailOffice:
    """One agency's mail. `restart` makes a new process on what is durable."""

    fate: Fate = field(default_factory=Fate)
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.house = RegistryOffice()
        self.registry = RegistryInHouse(self.house)
        self.files = FilesInHouse(self.house)
        self.mailbox = MemoryMailbox()
        self.postman = MemoryPostman()
        self.views = MemoryViews()
        self.house.say("name", [(ids.ORGANISATION_STREAM, AGENCY)])
        self.restart()

    def restart(self) -> Desk:
        log = Log(self.house)
        self.desk = Desk(
            views=self.views,
            follower=Follower("mail", self.views, log, projections()),
            registry=Mortal(self.registry, self.fate, "arrive", "record"),
            files=Mortal(self.files, self.fate, "put"),
            mailbox=Mortal(self.mailbox, self.fate, "done"),
            postman=Mortal(self.postman, self.fate, "hand_over"),
            clock=self.house.clock,
            settings=self.settings,
            secret=b"secret",
        )
        return self.desk

    def check(self) -> None:
        """Look into the mailbox, then send what is due."""
        check_mailbox(self.desk)
        send_waiting(self.desk)

    def take(self, *raws: bytes) -> None:
        for raw in raws:
            self.mailbox.deliver(raw)
        check_mailbox(self.desk)

    def events(self, prefix: str = "") -> list[Any]:
        """Everything on the log in streams with that prefix, decoded, in order."""
        recorded = [one for commit in self.house.store.read(0, 10_000) for one in commit.events]
        return [codec.decode(one.type, 1, one.data) for one in recorded if one.stream.startswith(prefix)]

    def named(self, kind: type, prefix: str = "") -> list[Any]:
        return [one for one in self.events(prefix) if isinstance(one, kind)]

    def register(self, letter_id: str) -> str:
        somsri = self.house.actor("somsri")
        answer = registry_incoming.register(
            self.house.clerk, somsri, f"register-{letter_id}", letter_id, None, unit_id=None
        )
        return answer["shown"]

    def send_letter(self, *addresses: str, secrecy: str = "normal", channel: str = "email") -> str:
        """A letter of the licensing bureau, signed as ศธ ๕๑๐๔/๑ and given out to each address."""
        letter_id = "reply"
        pdf = self.files.put(_stream(PDF), name="ศธ ๕๑๐๔-๑.pdf", media_type="application/pdf")
        fair_copy = FileRef(**{name: pdf[name] for name in ("sha256", "name", "media_type", "size")}, role="fair_copy")
        recipients = tuple(
            said.Recipient(delivery_id=f"{letter_id}-{place}", name=f"ผู้รับ {place}", channel=channel, address=one)
            for place, one in enumerate(addresses, start=1)
        )
        drafted = said.LetterDrafted(
            letter_id=letter_id,
            unit_id="licence",
            drafted_by="anan",
            particulars=Particulars(subject="ตอบข้อหารือเรื่องน้ำท่วม", secrecy=secrecy),
            body=("ตามที่ท่านหารือมา",),
            recipients=recipients,
        )
        numbered = said.LetterNumbered(
            letter_id=letter_id,
            unit_id="licence",
            book_id="licence:send:2569",
            number=1,
            shown="ศธ ๕๑๐๔/๑",
            dated="2026-11-23",
        )
        made = said.FairCopyMade(letter_id=letter_id, file=fair_copy)
        sent = said.LetterSent(letter_id=letter_id, recipients=recipients)
        stream = ids.letter_stream(letter_id)
        self.house.say("send", [(stream, one) for one in (drafted, numbered, made, sent)])
        return letter_id

    def rows(self, letter_id: str = "reply", officer_id: str = "somsri") -> list[dict[str, Any]]:
        self.desk.follower.sweep()
        return deliveries(self.views, self.house.actor(officer_id), letter_id)["rows"]

    def waiting(self) -> list[dict[str, Any]]:
        self.desk.follower.sweep()
        return quarantine(self.views, self.house.actor("somsri"), 50, None)["rows"]


class Log:
    """The log as a follower reads it."""

    def __init__(self, house: RegistryOffice) -> None:
        self._house = house

    def read(self, after: int, limit: int) -> list[Commit]:
        return self._house.store.read(after, limit)

    def stream(self, name: str, after: int) -> list[Commit]:
        return self._house.store.commits_of_stream(name, after)


def system_says(office: MailOffice, command_id: str, events: Iterable[tuple[str, object]]) -> None:
    office.house.clerk.write(command_id, SYSTEM, "test", lambda _: list(events))


def _stream(data: bytes) -> Any:
    import io

    return io.BytesIO(data)


def _builtins(event: RecordedEvent) -> dict[str, Any]:
    import msgspec

    return msgspec.to_builtins(event)
