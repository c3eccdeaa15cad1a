"""A search index in an OpenSearch cluster (2.x), through `opensearch-py`.

`index.py` is the engine, `generations.py` the indexes behind its one name, `shape.py` how a letter lies in them,
`writing.py` and `asking.py` the way in and out, `client.py` the driver and what its errors mean, `address.py` where the
cluster is.
"""

from saraban.engines.search_index.opensearch.address import Address
from saraban.engines.search_index.opensearch.index import OpenSearchIndex

__all__ = ["Address", "OpenSearchIndex"]
