"""The registry's entry points: parse, call, answer. They decide nothing."""

from __future__ import annotations

from saraban.broker.desk import furnished
from saraban.broker.following import Following
from services.registry.bootstrap import furnish
from services.registry.service.accounts import AccountCalls
from services.registry.service.incoming import IncomingCalls
from services.registry.service.log import LogCalls
from services.registry.service.organisation import OrganisationCalls
from services.registry.service.outgoing import OutgoingCalls
from services.registry.service.reading import ReadingCalls


class RegistryService(IncomingCalls, OutgoingCalls, OrganisationCalls, AccountCalls, ReadingCalls, LogCalls, Following):
    """The service `registry`."""

    name = "registry"
    desk = furnished(furnish)
