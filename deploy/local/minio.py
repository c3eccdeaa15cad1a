"""MinIO, built once from its Go module (about three minutes on two cores). The console is off; S3 is all that is used.

A data folder keeps the root user and password that it was first started with in `root.json`, for its owner only.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import ssl
import subprocess
from pathlib import Path

from deploy.local.kept import once
from deploy.local.ports import HOST, free_port
from deploy.local.server import Server, ServerMissing, await_ready, launch

MODULE = "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c"
BUCKET = "saraban"


def get() -> None:
    """Build the program unless it was built before. Raises ServerMissing without Go or without its modules."""
    once("minio", _build)


def start(
    folder: Path, port: int | None = None, *, user: str = "", password: str = "", certificates: Path | None = None
) -> Server:
    """Start MinIO on a data folder; user and password are made up when not given. The address names the bucket
    `saraban`, which Saraban makes when it is not there. With a folder of `certificates` (public.crt, private.key) it
    speaks HTTPS only."""
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    user, password = _root(folder, user, password)
    program = once("minio", _build) / "minio"
    secured = ["--certs-dir", str(certificates)] if certificates else []
    pid, log = launch(
        "minio",
        [str(program), "server", *secured, "--address", f"{HOST}:{port}", str(folder / "data")],
        folder,
        {
            "MINIO_ROOT_USER": user,
            "MINIO_ROOT_PASSWORD": password,
            "MINIO_BROWSER": "off",
            "MINIO_UPDATE": "off",
            "HOME": str(folder),
        },
    )
    address = f"s3://{user}:{password}@{HOST}:{port}/{BUCKET}?secure={'true' if certificates else 'false'}"
    return await_ready(Server("minio", address, pid, log), lambda: _answers(port, certificates))


def _build(folder: Path) -> None:
    go = shutil.which("go")
    if go is None:
        raise ServerMissing("install Go: MinIO is built from its source")
    made = subprocess.run(
        [go, "install", MODULE], env={**os.environ, "GOBIN": str(folder)}, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise ServerMissing(f"MinIO could not be built:\n{made.stderr[-2000:]}")


def _root(folder: Path, user: str, password: str) -> tuple[str, str]:
    note = folder / "root.json"
    if note.exists():
        kept = json.loads(note.read_text())
        return kept["user"], kept["password"]
    chosen = {"user": user or "saraban", "password": password or secrets.token_hex(16)}
    note.touch(mode=0o600)
    note.write_text(json.dumps(chosen))
    return chosen["user"], chosen["password"]


def _answers(port: int, certificates: Path | None) -> bool:
    asking = http.client.HTTPConnection(HOST, port, timeout=2)
    if certificates:
        trusting = ssl.create_default_context(cafile=str(certificates / "public.crt"))
        asking = http.client.HTTPSConnection(HOST, port, timeout=2, context=trusting)
    try:
        asking.request("GET", "/minio/health/cluster")
        return asking.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
