"""Objects in MinIO or another store that speaks S3, through the `minio` client.

`store.py` is the engine, `client.py` the client that never overwrites and what its errors mean, `reading.py` an object
on its way here, `checksum.py` the check of its bytes, `address.py` where the store is.
"""

from saraban.engines.object_store.s3.address import Address
from saraban.engines.object_store.s3.store import S3ObjectStore

__all__ = ["Address", "S3ObjectStore"]
