from __future__ import annotations

import socket

from deploy.local import ports


def test_a_port_for_a_server_is_none_that_outgoing_connections_are_given():
    first, last = (int(word) for word in ports.OUTGOING.read_text().split())

    found = [ports.free_port() for _ in range(50)]

    assert all(not first <= port <= last for port in found)


def test_a_port_on_which_somebody_listens_is_not_free(monkeypatch):
    with socket.create_server((ports.HOST, 0)) as server:
        taken = server.getsockname()[1]
        free = ports.free_port()
        monkeypatch.setattr(ports, "_ports_of_servers", lambda: [taken, free])

        found = {ports.free_port() for _ in range(30)}

    assert found == {free}


def test_a_machine_that_tells_no_range_or_leaves_no_room_gets_any_port(monkeypatch, tmp_path):
    told = tmp_path / "range"
    monkeypatch.setattr(ports, "OUTGOING", told)
    ports._ports_of_servers.cache_clear()
    untold = ports._ports_of_servers()
    told.write_text("1024\t65000\n")
    ports._ports_of_servers.cache_clear()
    narrow = ports._ports_of_servers()
    ports._ports_of_servers.cache_clear()

    assert untold == narrow == range(ports.LOWEST, ports.HIGHEST + 1)
