"""Databases of the shared MongoDB, one for each test, and a line to a server that can be cut."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from pymongo import MongoClient
from pymongo.database import Database

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
    with opened(address) as database:
        database.client.drop_database(database)


@contextmanager
def opened(address: str) -> Iterator[Database]:
    """The database that the URL names, as the driver shows it."""
    with MongoClient(address) as client:
        yield client.get_default_database()


@dataclass
class Line:
    """A way to a server through which only `address` leads. The next `cuts` requests that hold `word` are carried out,
    and the line breaks before the answer; at the last one `at_last_cut` is called first."""

    address: str
    word: bytes
    cuts: int = 0
    cut: int = 0
    at_last_cut: Callable[[], object] = lambda: None
    open: list[socket.socket] = field(default_factory=list)


@contextmanager
def line_to(address: str, word: bytes) -> Iterator[Line]:
    """A line to the server of a URL."""
    told = urlsplit(address)
    with socket.create_server(("127.0.0.1", 0)) as door:
        host = f"{told.username}:{told.password}@127.0.0.1:{door.getsockname()[1]}"
        direct = told._replace(netloc=host, query="authSource=admin&directConnection=true")
        line = Line(direct.geturl(), word)
        accepting = threading.Thread(target=_accept, args=(door, ("127.0.0.1", told.port), line))
        accepting.start()
        try:
            yield line
        finally:
            door.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for end in line.open:
                end.close()


def _accept(door: socket.socket, there: tuple[str, int], line: Line) -> None:
    while True:
        try:
            here, _ = door.accept()
        except OSError:
            return
        beyond = socket.create_connection(there)
        line.open += [here, beyond]
        threading.Thread(target=_carry, args=(here, beyond, line), daemon=True).start()


def _carry(here: socket.socket, beyond: socket.socket, line: Line) -> None:
    """One request after the other, each with its answer."""
    try:
        while request := _message(here):
            beyond.sendall(request)
            answer = _message(beyond)
            if line.word in request and line.cut < line.cuts:
                line.cut += 1
                if line.cut == line.cuts:
                    line.at_last_cut()
                break
            here.sendall(answer)
    except OSError:
        return
    finally:
        here.close()
        beyond.close()


def _message(end: socket.socket) -> bytes:
    """One message of MongoDB's protocol: its length stands in the first four bytes."""
    head = end.recv(4, socket.MSG_WAITALL)
    return head + end.recv(int.from_bytes(head, "little") - 4, socket.MSG_WAITALL) if len(head) == 4 else b""
