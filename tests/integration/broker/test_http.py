from __future__ import annotations

import socket

import pytest

from deploy.local.ports import free_port
from saraban.broker.desk import furnished
from saraban.broker.http import WsgiMount
from tests.integration.broker.green import in_green, serving

MEGABYTE = 1_000_000


class Desk:
    def __init__(self, office):
        self.cleared = False
        Window.only_desk = self

    def close(self):
        self.cleared = True


def make_app(desk):
    def app(environ, start_response):
        pages = {"/count": count, "/stream": stream, "/slow": slow, "/big": big, "/broken": broken}
        return pages[environ["PATH_INFO"]](environ, start_response)

    def count(environ, start_response):
        size = 0
        while chunk := environ["wsgi.input"].read(65536):
            size += len(chunk)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"{size} {environ['REMOTE_PORT']}".encode()]

    def stream(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/event-stream; charset=utf-8")])
        return pieces()

    def pieces():
        import eventlet

        for number in range(1000):
            yield f"data: {number}\n\n".encode()
            eventlet.sleep(1000)

    def slow(_environ, start_response):
        import eventlet

        desk.slow = True
        eventlet.sleep(0.3)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"desk still there" if not desk.cleared else b"desk is cleared"]

    def big(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/pdf")])
        return (b"x" * MEGABYTE for _ in range(200))

    def broken(_environ, _start_response):
        raise RuntimeError("password=secret")

    return app


class Window:
    name = "window"
    desk = furnished(Desk)
    web = WsgiMount(make_app, lambda settings: (settings.host, settings.port))


def scenario_serving(port):
    import requests

    url = f"http://127.0.0.1:{port}"
    with serving(Window, port=port), requests.Session() as session:
        with session.get(f"{url}/stream", stream=True) as streamed:
            first = next(streamed.iter_lines()).decode()
        return {
            "two requests": [session.post(f"{url}/count", data=body).text.split() for body in (b"abc", b"abcde")],
            "chunked": session.post(f"{url}/count", data=iter([b"ab", b"cd"])).text.split()[0],
            "first of a stream": first,
            "broken": [session.get(f"{url}/broken").status_code, session.get(f"{url}/broken").text],
        }


@pytest.fixture(scope="module")
def seen():
    return in_green(scenario_serving, free_port())


def test_a_connection_serves_several_requests(seen):
    (three, port), (five, same_port) = seen["two requests"]

    assert (three, five) == ("3", "5")
    assert port == same_port


def test_a_body_of_unknown_length_is_read(seen):
    assert seen["chunked"] == "4"


def test_an_event_stream_leaves_piece_by_piece(seen):
    assert seen["first of a stream"] == "data: 0"


def test_what_the_app_does_not_catch_tells_nothing(seen):
    assert seen["broken"] == [500, ""]


def scenario_big(port):
    import resource

    import requests

    url = f"http://127.0.0.1:{port}"
    with serving(Window, port=port):
        requests.post(f"{url}/count", data=(b"x" * MEGABYTE for _ in range(2)), timeout=30)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        up = requests.post(f"{url}/count", data=(b"x" * MEGABYTE for _ in range(200)), timeout=30).text.split()[0]
        with requests.get(f"{url}/big", stream=True, timeout=30) as answer:
            down = sum(len(chunk) for chunk in answer.iter_content(MEGABYTE))
        return {"up": int(up), "down": down, "grown": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}


def test_memory_stays_flat_while_200_mb_pass_through_both_ways():
    seen = in_green(scenario_big, free_port())

    assert (seen["up"], seen["down"]) == (200 * MEGABYTE, 200 * MEGABYTE)
    assert seen["grown"] < 30_000  # kilobytes


def scenario_stopping(port):
    import eventlet
    import requests

    url = f"http://127.0.0.1:{port}"
    with serving(Window, port=port) as caller:
        idle = requests.Session()
        idle.post(f"{url}/count", data=b"")
        streamed = requests.get(f"{url}/stream", stream=True, timeout=30)
        slow = eventlet.spawn(requests.get, f"{url}/slow", timeout=30)
        while not hasattr(Window.only_desk, "slow"):
            eventlet.sleep(0.01)
        caller.runner.stop()
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        streamed.content  # noqa: B018 - reads what is left
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=5)
    return slow.wait().text


def test_stopping_finishes_requests_cuts_streams_and_takes_no_more():
    seen = in_green(scenario_stopping, free_port())

    assert seen == "desk still there"


def scenario_taken(port):
    from saraban.contracts.errors.http import PortTaken

    try:
        with serving(Window, port=port):
            return "started"
    except PortTaken as error:
        return [error.code, error.detail]


def test_a_port_that_another_program_shares_is_refused():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        seen = in_green(scenario_taken, port)

    assert seen == ["port.taken", {"host": "127.0.0.1", "port": port}]
