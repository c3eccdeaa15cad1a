"""Making the next thing while the last one is used: two real threads, often both of them in C code."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any, TypeVar

from saraban.broker.threads import real_module

T = TypeVar("T")


def ahead(things: Iterable[T]) -> Generator[T, None, None]:
    """The things in their order. Each is made in a thread of its own while the one before is used; what making it
    raises is raised here in its turn. For real threads: call it inside `in_thread`."""
    made: Any = real_module("queue").Queue(maxsize=1)
    left = real_module("threading").Event()

    def make() -> None:
        try:
            for thing in things:
                made.put((thing, None))
                if left.is_set():
                    return
            made.put((None, StopIteration))
        except BaseException as error:  # noqa: BLE001 - raised where the thing is waited for
            made.put((None, error))

    maker = real_module("threading").Thread(target=make, name="ahead", daemon=True)
    maker.start()
    try:
        while True:
            thing, failed = made.get()
            if failed is StopIteration:
                return
            if failed is not None:
                raise failed
            yield thing
    finally:
        left.set()
        while maker.is_alive():
            _emptied(made)
            maker.join(0.01)


def _emptied(queue: Any) -> None:
    while not queue.empty():
        queue.get()
