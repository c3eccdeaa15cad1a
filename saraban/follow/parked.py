"""Streams that a service cannot follow for now."""

from __future__ import annotations

from typing import Protocol

from saraban import parking
from saraban.ports import Views


class ParkedStreams(Protocol):
    """Which streams are parked."""

    def has(self, stream: str) -> bool:
        """Whether the stream is parked."""

    def park(self, stream: str, version: int, error: BaseException) -> None:
        """The event at `version` of the stream cannot be followed."""

    def release(self, stream: str) -> None:
        """The stream can be followed again."""

    def tries(self) -> dict[str, int]:
        """All parked streams, with how often each was tried."""


class RecordedStreams:
    """Parked streams in the records of the views, so that they outlive the process and operators see them. Other
    processes of the service may park and release streams too: what is remembered here is confirmed before it counts."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._tries = self._recorded()

    def has(self, stream: str) -> bool:
        """See ParkedStreams."""
        if stream not in self._tries:
            return False
        if self._views.record(parking.TABLE, parking.stream_key(stream)) is None:
            del self._tries[stream]
        return stream in self._tries

    def park(self, stream: str, version: int, error: BaseException) -> None:
        """See ParkedStreams."""
        before = self._views.record(parking.TABLE, parking.stream_key(stream))
        tries = (before["tries"] if before and before["version"] == version else 0) + 1
        parking.park_stream(self._views, stream=stream, version=version, error=error, tries=tries)
        self._tries[stream] = tries

    def release(self, stream: str) -> None:
        """See ParkedStreams."""
        self._views.delete_record(parking.TABLE, parking.stream_key(stream))
        self._tries.pop(stream, None)

    def tries(self) -> dict[str, int]:
        """See ParkedStreams."""
        self._tries = self._recorded()
        return dict(self._tries)

    def _recorded(self) -> dict[str, int]:
        return {doc["stream"]: doc["tries"] for _, doc in parking.parked(self._views) if doc["kind"] == "stream"}


class StreamsAside:
    """Parked streams of a rebuild, which concern nobody but it."""

    def __init__(self) -> None:
        self.failures: dict[str, tuple[int, BaseException]] = {}

    def has(self, stream: str) -> bool:
        """See ParkedStreams."""
        return stream in self.failures

    def park(self, stream: str, version: int, error: BaseException) -> None:
        """See ParkedStreams."""
        self.failures[stream] = (version, error)

    def release(self, stream: str) -> None:
        """See ParkedStreams."""
        self.failures.pop(stream, None)

    def tries(self) -> dict[str, int]:
        """See ParkedStreams."""
        return dict.fromkeys(self.failures, 1)
