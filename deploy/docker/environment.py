"""`python3 -m deploy.docker.environment [FILE]`: write the `.env` of docker-compose.yml with fresh secrets.

Needs nothing but Python. An existing file is left alone: the servers' data remember the passwords they began with.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def password() -> str:
    """A password that needs no quoting in a URL, in YAML or in a shell."""
    return secrets.token_hex(24)


VARIABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "PORTAL_PORT": ("Port that officers reach the portal at, on every address of this machine.", lambda: "8569"),
    "PORTAL_PROXIES": ("Reverse proxies with HTTPS before the portal; 1 is usual.", lambda: "0"),
    "PORTAL_SECURE_COOKIES": ("true as soon as officers come over HTTPS.", lambda: "false"),
    "ADMIN_PASSWORD": ("First password of the officer `admin`; change it after signing in.", password),
    "SARABAN_SECRET": ("Signs the tickets for files; the same for all services.", password),
    "RABBITMQ_PASSWORD": ("RabbitMQ's user `saraban`.", password),
    "MONGODB_KEY": ("The members of the replica set know each other by it.", lambda: secrets.token_hex(256)),
    "MONGODB_ROOT_PASSWORD": ("MongoDB's administrator `root`; no service knows it.", password),
    "MONGODB_LOG_PASSWORD": ("MongoDB's user `log`: the registry's and the operator's, for the log.", password),
    "MONGODB_VIEWS_PASSWORD": ("MongoDB's user `views`: the services', for their views.", password),
    "MINIO_PASSWORD": ("MinIO's user `saraban`, known to intake and the operator only.", password),
}
"""What docker-compose.yml asks for: name → (what it is for, how it is made)."""


def environment() -> str:
    """The text of a fresh `.env`."""
    return "".join(f"# {meaning}\n{name}={make()}\n" for name, (meaning, make) in VARIABLES.items())


def write(path: Path) -> None:
    """Write a fresh file for its owner only. Raises FileExistsError when there is one."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(environment())


def main() -> int:
    """Write the file that was named, or `.env` beside docker-compose.yml."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".env"
    try:
        write(path)
    except FileExistsError:
        print(f"{path} is there already and stays as it is", file=sys.stderr)
        return 1
    print(f"{path} is written; keep a copy in a safe place")
    return 0


if __name__ == "__main__":
    sys.exit(main())
