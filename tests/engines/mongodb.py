"""Databases of the shared MongoDB, one for each test."""

from __future__ import annotations

from itertools import count
from urllib.parse import urlsplit

from pymongo import MongoClient

from tests.servers import server

_databases = count(1)


def fresh_database() -> str:
    """The URL of a database that nobody has used."""
    return named(server("mongodb").address, f"test{next(_databases)}")


def named(address: str, database: str) -> str:
    """The URL of another database of the same server."""
    return urlsplit(address)._replace(path=f"/{database}").geturl()


def drop(address: str) -> None:
    """Remove the database that the URL names."""
    with MongoClient(address) as client:
        client.drop_database(client.get_default_database())
