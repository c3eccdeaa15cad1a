"""Intake: the door for bytes.

Owns: uploads and made files: their bytes in the object store, what type they really are, how many pages they have,
duplicates; copies with the receive stamp; pictures of pages.
Hears: its own events, from the registry's log: a stored file that was not examined yet is examined.
Says: FileStored, FileScanned, FileRejected.

Bytes never travel through the broker, so beside `service.py` there is a second way in: `web.py`, plain HTTP with a
signed ticket for each file. Everything that opens a file runs in a child process (`inside/`).
"""
