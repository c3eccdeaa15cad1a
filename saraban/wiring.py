"""From settings to engines: the scheme of a URL picks the engine. Nothing is opened before it is asked for."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from saraban import ports
from saraban.contracts.errors import Invalid
from saraban.settings import Settings


class UnknownEngine(Invalid):
    """A setting names an engine that does not exist. `detail`: setting, url."""

    code = "settings.unknown_engine"
    th = "การตั้งค่า {setting} ระบุ {url} ซึ่งระบบไม่รู้จัก โปรดดู docs/settings.md"
    en = "The setting {setting} names {url}, which is not known. See docs/settings.md."


class MachineClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def event_store(settings: Settings) -> ports.EventStore:
    """The log that the settings name."""
    match _scheme(settings.log):
        case "sqlite":
            from saraban.engines.event_store.sqlite import SqliteEventStore

            return SqliteEventStore(_folder(settings) / "log.db")
        case "memory":
            from saraban.engines.event_store.memory import MemoryEventStore

            return MemoryEventStore()
        case "mongodb":
            from saraban.engines.event_store.mongo import MongoEventStore

            return MongoEventStore(settings.log)
        case _:
            raise UnknownEngine({"setting": "log", "url": settings.log})


def views(settings: Settings, service: str) -> ports.Views:
    """The views of one service."""
    match _scheme(settings.views):
        case "sqlite":
            from saraban.engines.views.sqlite import SqliteViews

            return SqliteViews(_folder(settings) / f"{service}.db")
        case "memory":
            from saraban.engines.views.memory import MemoryViews

            return MemoryViews()
        case "mongodb":
            from saraban.engines.views.mongo import MongoViews

            return MongoViews.at(settings.views, service)
        case _:
            raise UnknownEngine({"setting": "views", "url": settings.views})


def object_store(settings: Settings) -> ports.ObjectStore:
    """The object store that the settings name."""
    match _scheme(settings.objects):
        case "file":
            from saraban.engines.object_store.folder import FolderObjectStore

            return FolderObjectStore(_folder(settings) / "objects")
        case "s3":
            from saraban.engines.object_store.s3 import Address, S3ObjectStore

            return S3ObjectStore(
                Address.read(settings.objects),
                _folder(settings) / "scratch",
                kept_days=settings.objects_kept_days,
                public_url=settings.objects_public_url,
            )
        case "memory":
            from saraban.engines.object_store.memory import MemoryObjectStore

            return MemoryObjectStore()
        case _:
            raise UnknownEngine({"setting": "objects", "url": settings.objects})


def search_index(settings: Settings) -> ports.SearchIndex:
    """The search index that the settings name."""
    match _scheme(settings.index):
        case "tantivy":
            from saraban.engines.search_index.tantivy import TantivySearchIndex
            from saraban.thai.analysis import FIELDS

            return TantivySearchIndex(_folder(settings) / "index", fields=FIELDS)
        case "opensearch" | "opensearch+https":
            from saraban.engines.search_index.opensearch import Address, OpenSearchIndex
            from saraban.thai.analysis import FIELDS

            return OpenSearchIndex(Address.read(settings.index), FIELDS)
        case "memory":
            from saraban.engines.search_index.memory import MemorySearchIndex

            return MemorySearchIndex()
        case _:
            raise UnknownEngine({"setting": "index", "url": settings.index})


def mailbox(settings: Settings) -> ports.Mailbox:
    """Where mail comes in."""
    match _scheme(settings.mailbox):
        case "maildir":
            from saraban.engines.mailbox.maildir import MaildirMailbox

            return MaildirMailbox(_folder(settings) / "mail" / "in")
        case _:
            raise UnknownEngine({"setting": "mailbox", "url": settings.mailbox})


def delivery(settings: Settings) -> Callable[[Path], None]:
    """What puts a mail, a file, into the Maildir that the settings name."""
    from saraban.engines.mailbox.maildir import deliver

    return partial(deliver, _folder(settings) / "mail" / "in")


def postman(settings: Settings) -> ports.Postman:
    """The way out for mail."""
    match _scheme(settings.postman):
        case "folder":
            from saraban.engines.postman.folder import FolderPostman

            return FolderPostman(_folder(settings) / "mail" / "out")
        case _:
            raise UnknownEngine({"setting": "postman", "url": settings.postman})


def secret(settings: Settings) -> bytes:
    """The key that signs file tickets: the setting, or one made once and kept in the data folder for its owner."""
    if settings.secret:
        return settings.secret.encode()
    path = _folder(settings) / "secret"
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):  # of several processes that start together one is first
            os.link(fresh, path)
        fresh.unlink()
    return path.read_bytes()


def _scheme(url: str) -> str:
    return url.partition(":")[0]


def _folder(settings: Settings) -> Path:
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    return settings.data_folder.resolve()
