"""An authority of our own and a certificate for loopback; and a front that speaks TLS for a server that cannot."""

from __future__ import annotations

import asyncio
import ssl
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from deploy.local.ports import HOST, free_port, listens
from deploy.local.server import Server, await_ready, launch

ROOT = Path(__file__).parents[1]
PIECE = 65536


@dataclass(frozen=True)
class Papers:
    """PEM files: the authority's certificate, the server's and its key, and those two in one."""

    authority: Path
    certificate: Path
    key: Path
    both: Path


def papers(folder: Path, name: str = HOST) -> Papers:
    """Fresh papers for a server that is called by this IP address or host name. MinIO knows the files by their names."""
    folder.mkdir(parents=True)
    signer, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = _named("Authority of the tests")
    root = _certificate(issuer, issuer, signer, signer, x509.BasicConstraints(ca=True, path_length=0))
    called = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    leaf = _certificate(_named("server"), issuer, own, signer, x509.SubjectAlternativeName([called]))
    made = Papers(folder / "authority.pem", folder / "public.crt", folder / "private.key", folder / "both.pem")
    key = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.authority.write_bytes(root.public_bytes(Encoding.PEM))
    made.certificate.write_bytes(leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM))
    made.key.write_bytes(key)
    made.both.write_bytes(made.certificate.read_bytes() + key)
    return made


def front(folder: Path, target: int, own: Papers) -> Server:
    """A process that takes TLS on a port of its own and hands on what it reads to the port `target`."""
    port = free_port()
    command = [sys.executable, "-m", "tests.tls", str(port), str(target), str(own.both)]
    pid, log = launch("front", command, folder, {"PYTHONPATH": str(ROOT)})
    return await_ready(Server("front", f"{HOST}:{port}", pid, log), lambda: listens(port))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    about: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
    built = built.serial_number(x509.random_serial_number()).add_extension(about, critical=False)
    built = built.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    return built.sign(signer, hashes.SHA256())


async def _serve(port: int, target: int, both: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(both)

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beyond_reader, beyond_writer = await asyncio.open_connection(HOST, target)
        await asyncio.gather(_pump(reader, beyond_writer), _pump(beyond_reader, writer), return_exceptions=True)

    server = await asyncio.start_server(take, HOST, port, ssl=context)
    await server.serve_forever()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(PIECE):
            target.write(piece)
            await target.drain()
    finally:
        target.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
