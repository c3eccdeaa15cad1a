"""Proof that the log is as it was written.

The chain finds whatever was flipped, deleted or swapped inside the log. Who can rewrite the whole file can also chain
it anew, or cut off its end; a checkpoint, a signed head that is kept elsewhere (mailed, printed, object-locked), finds
that too.
"""

from __future__ import annotations

from saraban.audit.chain import Finding, Verdict, verify
from saraban.audit.checkpoints import Checkpoint, checkpoint, signing_key, verify_against
from saraban.audit.keeping import keep, kept_in

__all__ = [
    "Checkpoint",
    "Finding",
    "Verdict",
    "checkpoint",
    "keep",
    "kept_in",
    "signing_key",
    "verify",
    "verify_against",
]
