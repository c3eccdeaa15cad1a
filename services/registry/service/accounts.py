"""Calls on accounts."""

from __future__ import annotations

from typing import Any

from saraban.broker.rpc import rpc
from saraban.contracts.actor import from_wire, to_wire
from saraban.contracts.errors.letters import OfficerNotFound
from services.registry.accounts import may_watch
from services.registry.bootstrap import Registry
from services.registry.domain.organisation import actor_of

Wire = dict[str, Any]


class AccountCalls:
    """Signing in and out, passwords, tokens for programs."""

    desk: Registry

    @rpc
    def sign_in(self, login: str, password: str, client: str = "") -> Wire:
        """Open a session."""
        return self.desk.accounts.sign_in(self.desk.organisation(), login, password, client)

    @rpc
    def acting_as(self, login: str) -> Wire:
        """The officer with a login, as an actor; for the operator's command line, which needs no password."""
        organisation = self.desk.organisation()
        for officer in organisation.officers.values():
            if officer.login == login:
                return to_wire(actor_of(officer, organisation))
        raise OfficerNotFound({"officer_id": login})

    @rpc
    def recognise(self, token: str) -> Wire:
        """Who is behind a session or a token."""
        return self.desk.accounts.recognise(self.desk.organisation(), token)

    @rpc
    def may_watch(self, actor: Wire) -> None:
        """Whether an actor may see the figures of the house and what it misses. Raises NotAllowed."""
        may_watch(from_wire(actor))

    @rpc
    def sign_out(self, token: str) -> None:
        """End a session."""
        self.desk.accounts.sign_out(token)

    @rpc
    def change_password(self, actor: Wire, old: str, new: str) -> None:
        """Change one's own password."""
        self.desk.accounts.change_password(from_wire(actor), old, new)

    @rpc
    def create_token(self, actor: Wire, name: str, officer_id: str | None = None) -> Wire:
        """A token for a program, shown this once."""
        who = from_wire(actor)
        organisation = self.desk.organisation()
        return self.desk.accounts.create_token(who, organisation, name, officer_id or who.officer_id)

    @rpc
    def tokens(self, actor: Wire) -> list[Wire]:
        """The tokens that the actor may revoke."""
        return self.desk.accounts.tokens(from_wire(actor))

    @rpc
    def revoke_token(self, actor: Wire, token_id: str) -> None:
        """Make a token worthless."""
        self.desk.accounts.revoke_token(from_wire(actor), token_id)
