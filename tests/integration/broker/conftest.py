from __future__ import annotations

import pytest

from tests.servers import server


@pytest.fixture(scope="module")
def rabbitmq(request):
    """A virtual host of the module's own on the shared RabbitMQ."""
    from deploy.local.rabbitmq import Broker

    return Broker(server("rabbitmq")).virtual_host(request.module.__name__)


@pytest.fixture(scope="module", params=["embedded", pytest.param("rabbitmq", marks=pytest.mark.servers)])
def broker(request):
    """The address of each broker in turn."""
    return "embedded://" if request.param == "embedded" else request.getfixturevalue("rabbitmq")
