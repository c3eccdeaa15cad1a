"""Where a store is: `s3://key:secret@host:port/bucket?secure=false&region=us-east-1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from saraban.contracts.errors.settings import AddressNotValid

KNOWN = {"secure", "region"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A bucket and the way to it. `endpoint` is host and port; `secure` says HTTPS."""

    endpoint: str
    key: str
    secret: str = field(repr=False)
    bucket: str
    secure: bool = True
    region: str = "us-east-1"

    @classmethod
    def read(cls, url: str) -> Address:
        """The address in a URL; key and secret percent-encoded where they hold `/ : @ ?`. HTTPS unless `secure=false`.
        Raises AddressNotValid."""
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        bucket = parts.path.strip("/")
        if not (parts.hostname and parts.username and parts.password and bucket) or "/" in bucket:
            raise AddressNotValid({"setting": "objects", "reason": "s3://key:secret@host:port/bucket"})
        if options.keys() - KNOWN or options.get("secure", "true") not in {"true", "false"}:
            raise AddressNotValid({"setting": "objects", "reason": "?secure=true|false&region=…"})
        return cls(
            endpoint=parts.netloc.rpartition("@")[2],
            key=unquote(parts.username),
            secret=unquote(parts.password),
            bucket=bucket,
            secure=options.get("secure") != "false",
            region=options.get("region", "us-east-1"),
        )
