"""The registry (งานสารบรรณกลาง).

Owns: the log and everything that decides on it: letters and their particulars, books and numbers, drafts and
signatures, the organisation, accounts and sessions.
Hears: commands by RPC; its own commits, to keep its views.
Says: every commit (`registry`, `committed`), as a knock for all who follow.
"""
