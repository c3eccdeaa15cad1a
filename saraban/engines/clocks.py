"""What time it is at a server, to compare it with this machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit

import requests

SECONDS = 3


def server_time(url: str) -> datetime | None:
    """The time at the server that an engine's URL names, to about a second; None where it does not tell. Raises
    Unavailable or OSError when it does not answer."""
    match url.partition(":")[0]:
        case "mongodb":
            return _of_mongodb(url)
        case "s3":
            return _of_http(url, secure=parse_qs(urlsplit(url).query).get("secure") != ["false"])
        case "opensearch" | "opensearch+https":
            return _of_http(url, secure=url.startswith("opensearch+https"))
        case _:
            return None


def _of_mongodb(url: str) -> datetime:
    from saraban.engines.mongo_database import MongoDatabase

    told: datetime = MongoDatabase(url, "log").database.command("hello")["localTime"]
    return told.replace(tzinfo=UTC)


def _of_http(url: str, *, secure: bool) -> datetime | None:
    place = urlsplit(url).netloc.rpartition("@")[2]
    response = requests.head(f"{'https' if secure else 'http'}://{place}/", timeout=SECONDS)
    told = response.headers.get("Date")
    return parsedate_to_datetime(told) if told else None
