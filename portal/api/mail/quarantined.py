"""The address of a mail in quarantine."""

from __future__ import annotations

from pydantic import BaseModel

from portal.api.asked import Sha256


class OneMail(BaseModel):
    """A mail, named by the SHA-256 of its bytes."""

    sha256: Sha256
