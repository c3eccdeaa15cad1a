"""How a process is: alive, ready or missing something, and what its figures are.

`needs.py` says what a service cannot do without, `readiness.py` asks for it in bounded time and remembers since when
it is missing, `pages.py` answers `/healthz`, `/readyz` and `/metrics`. Every process may listen for these three on
a port of its own (`saraban/broker/health.py`). The portal's port tells strangers only that it lives and is ready.
"""

from saraban.health.needs import Need, NotReady, need
from saraban.health.readiness import Missing, Readiness, Report

__all__ = ["Missing", "Need", "NotReady", "Readiness", "Report", "need"]
