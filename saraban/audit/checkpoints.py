"""Checkpoints: signed heads of the log that are kept elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from saraban.audit.chain import Finding, Verdict, verify
from saraban.contracts.errors.log import NotACheckpoint
from saraban.contracts.shapes import prepared, shaped
from saraban.ports import EventStore


@prepared
@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A signed head. `at` is an ISO time in UTC; `public_key` (32 bytes) and `signature` (64 bytes, Ed25519 of
    RFC 8032 over the canonical JSON of the other fields) are hex digits."""

    position: int
    hash: str
    at: str
    public_key: str
    signature: str


def checkpoint(store: EventStore, key: Ed25519PrivateKey, at: datetime) -> dict[str, Any]:
    """The head of the log, signed: a small JSON object to be kept where the log's owner cannot change it."""
    head = store.head()
    unsigned = Checkpoint(
        position=head.position,
        hash=head.hash,
        at=at.isoformat(timespec="microseconds"),
        public_key=key.public_key().public_bytes_raw().hex(),
        signature="",
    )
    plain: dict[str, Any] = msgspec.to_builtins(unsigned)
    return {**plain, "signature": key.sign(_signed_part(unsigned)).hex()}


def verify_against(store: EventStore, kept: Sequence[Mapping[str, Any]], trusted_key: str | None = None) -> Verdict:
    """Walk the chain, and prove that the history up to each checkpoint in `kept` is the one that was signed.

    `trusted_key` is the signer's public key in hex, when it is known from elsewhere; without it anybody could have
    signed. Raises NotACheckpoint when something in `kept` is none.
    """
    vouched = [_read(one) for one in kept]
    for one in vouched:
        finding = _wrong_with_signature(one, trusted_key)
        if finding:
            return Verdict(checked=0, finding=finding)
    verdict = verify(store)
    for one in sorted(vouched, key=lambda one: one.position):
        verdict = _compare(store, one, verdict) if verdict.sound else verdict
    return verdict


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in the file at `path` (PEM, readable for its owner only), made on first use."""
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey), f"{path} holds another kind of key"
    return key


def _read(kept: Mapping[str, Any]) -> Checkpoint:
    try:
        return shaped(dict(kept), Checkpoint)
    except msgspec.ValidationError as error:
        raise NotACheckpoint({"reason": str(error)}) from error


def _wrong_with_signature(vouched: Checkpoint, trusted_key: str | None) -> Finding | None:
    if trusted_key is not None and trusted_key != vouched.public_key:
        return Finding.STRANGE_KEY
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vouched.public_key))
        key.verify(bytes.fromhex(vouched.signature), _signed_part(vouched))
    except (InvalidSignature, ValueError):
        return Finding.FORGED
    return None


def _compare(store: EventStore, vouched: Checkpoint, verdict: Verdict) -> Verdict:
    if vouched.position > verdict.checked:
        return Verdict(checked=verdict.checked, wrong_at=verdict.checked + 1, finding=Finding.CUT_OFF)
    if vouched.position and store.read(vouched.position - 1, 1)[0].hash != vouched.hash:
        return Verdict(checked=0, wrong_at=vouched.position, finding=Finding.REWRITTEN)
    return verdict


def _signed_part(vouched: Checkpoint) -> bytes:
    content = {
        "position": vouched.position,
        "hash": vouched.hash,
        "at": vouched.at,
        "public_key": vouched.public_key,
    }
    return msgspec.json.encode(content, order="sorted")
