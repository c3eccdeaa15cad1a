"""RabbitMQ over TLS (`amqps://`): the certificate must come from a known authority and name the host of the address.

kombu by itself asks only for the first, so that whoever has any good certificate could stand in the broker's place.
Which authorities are known is OpenSSL's affair: the system's, or the file that SSL_CERT_FILE names.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import TRANSPORT_ALIASES
from kombu.transport.pyamqp import SSLTransport


class Transport(SSLTransport):
    """AMQP over TLS to the host that the certificate names."""

    def __init__(self, client: Any, **options: Any) -> None:
        if not isinstance(client.ssl, dict):
            client.ssl = {"server_hostname": None}  # kombu puts the host of the address there when it connects
        super().__init__(client, **options)


def register() -> None:
    """Make `amqps://` mean this to kombu."""
    TRANSPORT_ALIASES["amqps"] = "saraban.broker.secure:Transport"
