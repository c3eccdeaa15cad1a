"""How a service keeps up with the log: a message is only a knock.

A service's views are derived from the log by projections. The Follower takes every commit in the log's order: those
that a knock brings, and those that a knock forgot, read from the log. Each stream advances by compare-and-set on its
version, in the same write as the view, so repeating is harmless and several processes may follow the same views. A
stream whose projection fails is parked; the rest goes on.
"""

from saraban.follow.follower import Follower
from saraban.follow.happened import Happened, LogReader, Projection
from saraban.follow.replay import Replayed, differences, replay

__all__ = ["Follower", "Happened", "LogReader", "Projection", "Replayed", "differences", "replay"]
