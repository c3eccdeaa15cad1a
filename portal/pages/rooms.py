"""The rooms of the house as the navigation shows them. What an officer is not shown is not thereby forbidden, and the
other way round: the services decide."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from portal.session import required


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A page of the navigation. `roles` are those that work there; empty for everyone."""

    path: str
    title: str
    icon: str
    roles: tuple[str, ...] = ()
    counted: bool = False

    @property
    def here(self) -> bool:
        """Whether this request is for a page of the room."""
        return request.path == self.path or request.path.startswith(f"{self.path}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rooms under one heading."""

    title: str
    rooms: tuple[Room, ...]


REGISTRIES = ("registry_clerk", "unit_registry")
OFFICE = (*REGISTRIES, "officer", "head")
"""Those who write: drafts and endorsements."""

GROUPS = (
    Group(
        title="rooms.mine",
        rooms=(
            Room(path="/inbox", title="inbox.title", icon="inbox", counted=True),
            Room(path="/to-sign", title="to_sign.title", icon="sign", roles=("head",)),
            Room(path="/drafts", title="drafts.title", icon="draft", roles=OFFICE),
            Room(path="/search", title="search.title", icon="search"),
        ),
    ),
    Group(
        title="rooms.registry",
        rooms=(
            Room(path="/receive", title="receive.title", icon="receive", roles=REGISTRIES),
            Room(path="/tray", title="tray.title", icon="tray", roles=("registry_clerk",)),
            Room(path="/registers/receive", title="register.receive", icon="book"),
            Room(path="/registers/send", title="register.send", icon="book"),
            Room(path="/outgoing", title="outgoing.title", icon="send"),
            Room(path="/quarantine", title="quarantine.title", icon="quarantine", roles=("registry_clerk",)),
        ),
    ),
    Group(
        title="rooms.house",
        rooms=(
            Room(path="/organisation", title="organisation.title", icon="people"),
            Room(path="/tokens", title="tokens.title", icon="key", roles=("administrator",)),
            Room(path="/parked", title="parked.title", icon="alert", roles=("administrator",)),
        ),
    ),
)


def rooms() -> list[Group]:
    """The groups of rooms in which this officer works."""
    actor = required().actor
    shown = [
        Group(title=group.title, rooms=tuple(r for r in group.rooms if _works_in(r, actor.roles))) for group in GROUPS
    ]
    return [group for group in shown if group.rooms]


def _works_in(room: Room, roles: tuple[str, ...]) -> bool:
    return not room.roles or any(role in room.roles for role in roles)
