"""A service's views in MongoDB. Why they are as they are: docs/decisions/0006-mongodb.md.

`documents.py` says what the two collections hold, `views.py` reads and writes them.
"""

from saraban.engines.views.mongo.views import MongoViews

__all__ = ["MongoViews"]
