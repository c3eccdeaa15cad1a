"""Backups: everything that cannot be made anew, through the ports, so that what was taken from one kind of engine is
restored into any other.

A backup is a folder that people can read with common tools:

backup.json                       what it holds, and the hash of each part; written last
log/000000000001.jsonl …          the commits, one a line, as they are hashed
objects/ab/abcd…                  the bytes of every file, under their SHA-256
records/registry/credentials/…    password hashes, tokens of programs, the texts read from files
mail/waiting/…                    mails that were in the Maildir and not taken in yet

A second backup into the same folder adds what is new. What is left out, and why: docs/operations.md.
"""

from saraban.backup.restoring import Restored, restore
from saraban.backup.system import System
from saraban.backup.taking import Taken, take

__all__ = ["Restored", "System", "Taken", "restore", "take"]
