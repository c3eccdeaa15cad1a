"""Every setting of Saraban, once: its name, default and meaning. This is the only reader of the environment.

A setting `data_folder` is read from the environment variable `SARABAN_DATA_FOLDER`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from saraban.scrubbing import secrets_of

ENGINES = ("broker", "log", "views", "objects", "index", "mailbox", "postman", "scanner", "intake_url")
"""Settings whose URLs may hold a password."""


class Settings(BaseSettings):
    """The settings of one process. Left alone, they run everything embedded in the folder `data`."""

    model_config = SettingsConfigDict(env_prefix="SARABAN_", frozen=True)

    data_folder: Path = Field(Path("data"), description="Folder that holds everything in the embedded size.")
    broker: str = Field("embedded://", description="Broker: `embedded://`, or `amqp://user:password@host:port//`.")
    log: str = Field("sqlite:", description="Event store: `sqlite:` (in the data folder), `memory:` or `mongodb://…`.")
    views: str = Field("sqlite:", description="Views of the services: `sqlite:`, `memory:` or `mongodb://…`.")
    objects: str = Field(
        "file:",
        description="Object store: `file:` (in the data folder), `memory:` or `s3://key:secret@host:port/bucket`"
        " (HTTPS, unless `?secure=false`; `&region=…`).",
    )
    objects_kept_days: int = Field(
        0,
        description="Days for which the S3 store locks originals and checkpoints against everyone (object lock; the"
        " bucket must be made with it, which Saraban does when it makes the bucket); 0: no lock.",
    )
    objects_public_url: str = Field(
        "", description="Where browsers reach the S3 store, as `https://host`; big downloads go there; empty: never."
    )
    direct_download_above: int = Field(
        20_000_000, description="Bytes above which a download is sent on to the S3 store, where browsers reach it."
    )
    index: str = Field(
        "tantivy:",
        description="Search index: `tantivy:` (in the data folder), `memory:`, `opensearch://host:port/prefix` (HTTP)"
        " or `opensearch+https://user:password@host:port/prefix` (HTTPS; several nodes with commas; `?replicas=1`,"
        " `&shards=1`, `&ca=/path/of/ca.pem`); the prefix begins the names of the indexes.",
    )
    mailbox: str = Field("maildir:", description="Incoming mail: `maildir:` (data folder/mail/in) or `imap://…`.")
    postman: str = Field("folder:", description="Outgoing mail: `folder:` (data folder/mail/out) or `smtp://…`.")
    scanner: str = Field("none:", description="Malware scanner: `none:` or `clamd://host:port`.")
    host: str = Field("127.0.0.1", description="Address that the portal listens on.")
    port: int = Field(8569, description="Port of the portal.")
    proxies: int = Field(0, description="Reverse proxies before the portal whose X-Forwarded-* headers are trusted.")
    intake_host: str = Field("127.0.0.1", description="Address that intake listens on for files.")
    intake_port: int = Field(8570, description="Port that intake listens on for files.")
    intake_url: str = Field("", description="Where the other services reach intake; from host and port when empty.")
    health_host: str = Field("127.0.0.1", description="Address that answers /healthz, /readyz and /metrics.")
    health_port: int = Field(
        0,
        description="Port for these three in every process, for operators alone; 0: none. (On the portal's port"
        " administrators get them, with their token; others read only whether it is ready.)",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least level of what is logged: `DEBUG` (every call, to follow a letter), `INFO`, …"
    )
    secret: str = Field("", description="Key that signs file tickets; made once in the data folder when empty.")
    assets_folder: Path = Field(Path("node_modules"), description="Folder of the installed typeface and page scripts.")
    file_limit: int = Field(500_000_000, description="Largest file that intake takes, in bytes.")
    mail_limit: int = Field(
        50_000_000, description="Largest e-mail that is read, in bytes; larger ones are quarantined."
    )
    mail_check_seconds: float = Field(2.0, description="Seconds between two looks into the mailbox.")
    sweep_seconds: float = Field(10.0, description="Seconds between two sweeps of the log by a service.")
    session_hours: float = Field(12.0, description="Hours after which a session ends.")
    secure_cookies: bool = Field(default=False, description="Send session cookies over HTTPS only (behind a proxy).")
    year_starts_in_october: bool = Field(default=False, description="Registers run by fiscal year (1 October).")
    thai_digits: bool = Field(default=True, description="Thai digits on printed forms and letters.")

    def secrets(self) -> list[str]:
        """What must never be told: keys, and the passwords in URLs."""
        return secrets_of([self.secret, *(getattr(self, name) for name in ENGINES)])

    def alone(self) -> bool:
        """Whether all services run in this one process, and only here."""
        return self.broker.startswith("embedded:")

    def intake_address(self) -> str:
        """The base URL under which the other services reach intake."""
        return self.intake_url or f"http://{self.intake_host}:{self.intake_port}"
