"""Where a cluster is: `opensearch+https://user:password@host:9200,host:9200/prefix?replicas=1&shards=1&ca=/path`."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from saraban.contracts.errors.settings import AddressNotValid

SCHEMES = {"opensearch": False, "opensearch+https": True}
KNOWN = {"shards", "replicas", "ca"}
PORT = 9200
FORM = "opensearch+https://user:password@host:port/prefix?shards=1&replicas=1&ca=/path/of/ca.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The nodes of a cluster (host, port) and the `prefix` of the names of our indexes in it. `user` is empty where
    nobody is asked who he is; `ca` is the file of the authority that signed the nodes' certificates, where it is not a
    public one."""

    nodes: tuple[tuple[str, int], ...]
    prefix: str
    secure: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    shards: int = 1
    replicas: int = 0
    ca: str = ""

    @classmethod
    def read(cls, url: str) -> Address:
        """The address in a URL. `opensearch:` is HTTP, `opensearch+https:` HTTPS. Raises AddressNotValid."""
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        who, _, where = parts.netloc.rpartition("@")
        user, _, password = who.partition(":")
        prefix = parts.path.strip("/")
        try:
            nodes = tuple(_node(one) for one in where.split(","))
            counts = {name: int(options[name]) for name in ("shards", "replicas") if name in options}
        except ValueError:
            raise AddressNotValid({"setting": "index", "reason": FORM}) from None
        if options.keys() - KNOWN or not prefix or prefix != prefix.lower() or "/" in prefix:
            raise AddressNotValid({"setting": "index", "reason": FORM})
        return cls(
            nodes=nodes,
            prefix=prefix,
            secure=SCHEMES[parts.scheme],
            user=unquote(user),
            password=unquote(password),
            ca=options.get("ca", ""),
            **counts,
        )


def _node(text: str) -> tuple[str, int]:
    host, _, port = text.partition(":")
    if not host:
        raise ValueError(text)
    return host, int(port or PORT)
