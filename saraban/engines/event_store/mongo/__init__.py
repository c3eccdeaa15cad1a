"""The log in MongoDB: one document per commit in the collection `commits`. See docs/decisions/0006-mongodb.md.

`documents.py` says what a document holds, `heads.py` finds how far streams reach, `store.py` reads and appends.
"""

from saraban.engines.event_store.mongo.store import MongoEventStore

__all__ = ["MongoEventStore"]
