"""Every way to a server over TLS, with certificates of an authority of our own."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from kombu import Connection

from deploy.local.ports import HOST, free_port
from saraban.broker import secure
from tests.house import until
from tests.servers import own_server, server
from tests.tls import Papers, front, papers
from tests.town import Town

pytestmark = pytest.mark.servers

RABBITMQ = """\
listeners.ssl.local = {host}:{port}
ssl_options.cacertfile = {authority}
ssl_options.certfile = {certificate}
ssl_options.keyfile = {key}
ssl_options.verify = verify_none
"""


def rabbitmq(running: ExitStack, folder: Path, own: Papers) -> str:
    """The secure address of a RabbitMQ with these papers."""
    port = free_port()
    told = {"authority": own.authority, "certificate": own.certificate, "key": own.key}
    more = RABBITMQ.format(host=HOST, port=port, **told)
    plain = urlsplit(running.enter_context(own_server("rabbitmq", folder, more=more)).address)
    return f"amqps://{plain.username}:{plain.password}@{HOST}:{port}//"


def mongodb(running: ExitStack, folder: Path, own: Papers) -> str:
    more = ["--tlsMode", "preferTLS", "--tlsCertificateKeyFile", str(own.both), "--tlsCAFile", str(own.authority)]
    more += ["--tlsAllowConnectionsWithoutCertificates"]
    return running.enter_context(own_server("mongodb", folder, more=more)).address + "&tls=true"


def minio(running: ExitStack, folder: Path, own: Papers) -> str:
    return running.enter_context(own_server("minio", folder, certificates=own.certificate.parent)).address


def opensearch(running: ExitStack, folder: Path, own: Papers) -> str:
    """OpenSearch's own TLS lies in a plug-in that is not here: a front takes its place."""
    before = front(folder, int(urlsplit(server("opensearch").address).port or 0), own)
    running.callback(before.kill)
    return f"opensearch+https://{before.address}/over-tls"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town in which every process speaks to every server over TLS."""
    folder = tmp_path_factory.mktemp("tls")
    own = papers(folder / "papers")
    with ExitStack() as running:
        database = mongodb(running, folder / "mongodb", own)
        more = {
            "SARABAN_LOG": database,
            "SARABAN_VIEWS": database.replace("/saraban?", "/saraban_views?"),
            "SARABAN_OBJECTS": minio(running, folder / "minio", own),
            "SARABAN_INDEX": opensearch(running, folder / "opensearch", own),
            "SSL_CERT_FILE": str(own.authority),
        }
        made = Town(folder / "town", broker=rabbitmq(running, folder / "rabbitmq", own), more=more)
        with made:
            made.seed()
            yield made


def test_a_letter_with_a_file_is_received_and_found_when_every_server_speaks_tls(town):
    with closing(town.client(town.token("somsri"))) as clerk:
        text = "น้ำท่วมโรงเรียน".encode()
        paper = clerk.did("POST", "/files?name=flood.txt", text, headers={"Content-Type": "text/plain"})
        file = {name: paper[name] for name in ("sha256", "name", "media_type", "size")}

        letter = clerk.did("POST", "/letters", {"particulars": {"subject": "ขอความช่วยเหลือ"}, "files": [file]})

        until(lambda: letter["letter_id"] in str(clerk.did("GET", f"/search?q={quote('น้ำท่วมโรงเรียน')}")))


def test_the_doctor_finds_every_server_well_with_the_authority_and_none_without(town):
    looks = {"log", "views", "objects", "index", "broker"}

    def wrong() -> set[str]:
        findings = json.loads(town.command("doctor", "--json").stdout)
        return {one["look"] for one in findings if one["level"] == "wrong"} & looks

    known = wrong()
    authority = town.more.pop("SSL_CERT_FILE")
    unknown = wrong()
    town.more["SSL_CERT_FILE"] = authority

    assert known == set()
    assert unknown == looks


def test_a_broker_whose_certificate_names_another_host_is_refused(tmp_path, monkeypatch):
    own = papers(tmp_path / "papers", name="rabbitmq.example.go.th")
    monkeypatch.setenv("SSL_CERT_FILE", str(own.authority))
    secure.register()
    with ExitStack() as running:
        address = rabbitmq(running, tmp_path / "rabbitmq", own)

        with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"), Connection(address) as line:
            line.connect()
