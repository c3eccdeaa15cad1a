"""The figures of a process, for Prometheus. Their names and labels are a promise: docs/operations.md and
deploy/prometheus/alerts.yml build on them.

Labels are services, methods, error codes, queues and wire names: words of the code, few and known. Nothing of a letter,
and nobody's name, ever becomes one.

What is counted while work is done stands here as counters and histograms. What can be looked up is looked up when
somebody asks: each service gives a source of `Figure`s for as long as it runs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prometheus_client import REGISTRY, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

CALL_SECONDS = Histogram(
    "saraban_call_seconds",
    "Time that a service took over a call (a command or a query).",
    ("service", "method"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
CALL_ERRORS = Counter("saraban_call_errors", "Calls that ended with an error.", ("service", "method", "code"))
EVENTS = Counter("saraban_events", "Events that this process wrote to the log.", ("type",))
FILE_BYTES = Counter("saraban_file_bytes", "Bytes of the files that were stored.")

GAUGES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "saraban_ready": ("Whether a service has all that is vital to it.", ("service",)),
    "saraban_missing": ("Whether a service misses something that it needs.", ("service", "need")),
    "saraban_log_position": ("Position of the log's last commit.", ()),
    "saraban_view_position": ("Log position up to which a service's views hold everything.", ("service",)),
    "saraban_view_lag_commits": ("Commits that a service's views have still to take.", ("service",)),
    "saraban_queue_messages": ("Messages that wait in a queue.", ("queue",)),
    "saraban_parked": ("Work that failed again and again and waits for someone to look.", ("service",)),
    "saraban_mail_checked_timestamp_seconds": ("When the mailbox was last read without trouble.", ()),
    "saraban_mail_outbox": ("Mails that have still to leave.", ()),
    "saraban_backup_timestamp_seconds": ("When the last backup that reached its end was begun; 0: never.", ()),
    "saraban_backup_missing_files": ("Files that the last backup could not get whole.", ()),
    "saraban_disk_free_bytes": ("Room on the disk of the data folder.", ()),
}
"""Name → what it means and its labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of a gauge, at this moment. `labels` in the order in which GAUGES names them."""

    name: str
    value: float
    labels: Sequence[str] = ()


Source = Callable[[], Iterable[Figure]]


class Figures(Collector):
    """Collects the figures of all sources; a source answers in bounded time."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def add(self, source: Source) -> None:
        """Ask `source` from now on."""
        self._sources.append(source)

    def remove(self, source: Source) -> None:
        """Ask it no more; one that is not asked is no error."""
        if source in self._sources:
            self._sources.remove(source)

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing: names are checked by the tests."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges that have a value now."""
        families: dict[str, GaugeMetricFamily] = {}
        for source in list(self._sources):
            for one in source():
                meaning, labels = GAUGES[one.name]
                family = families.setdefault(one.name, GaugeMetricFamily(one.name, meaning, labels=labels))
                family.add_metric(list(one.labels), one.value)
        yield from families.values()


FIGURES = Figures()
REGISTRY.register(FIGURES)


@dataclass(slots=True)
class Calls:
    """Times the calls of one service; the labels of each method are looked up once."""

    service: str
    _seconds: dict[str, Any] = field(default_factory=dict)

    def took(self, method: str, seconds: float) -> None:
        """A call was answered, well or not."""
        timed = self._seconds.get(method)
        if timed is None:
            timed = self._seconds[method] = CALL_SECONDS.labels(self.service, method)
        timed.observe(seconds)

    def failed(self, method: str, code: str) -> None:
        """A call ended with an error."""
        CALL_ERRORS.labels(self.service, method, code).inc()


def count_events(types: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Count events that were written, given as (wire name, data)."""
    for name, data in types:
        EVENTS.labels(name).inc()
        if name == "file.stored":
            FILE_BYTES.inc(data["size"])


def disk(folder: Path) -> Iterator[Figure]:
    """The room on the disk of a folder; nothing while there is no such folder."""
    if folder.is_dir():
        yield Figure(name="saraban_disk_free_bytes", value=shutil.disk_usage(folder).free)
