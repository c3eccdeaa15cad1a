"""`healthy.py URL`: the health check inside a container. Ends with 0 when the page answers 200, else with 1."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request

SECONDS = 4.0


def healthy(url: str) -> bool:
    """Whether the page answers 200 in time."""
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - the address stands in the image
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if healthy(sys.argv[1]) else 1)
