"""Routing (การเวียนและเสนอหนังสือ): who must see a letter and do what about it.

Owns: circulations, inboxes, endorsements, orders and their due dates, the history of each letter.
Hears: commands by RPC; every commit of the log (`registry`, `committed`), to keep its views of letters and officers.
Says: `LetterCirculated`, `LetterRead`, `LetterAcknowledged`, `LetterEndorsed`, `ActionOrdered`, `ActionDone`, all
recorded by the registry on the letter's stream; (`routing`, `inbox_changed`) and (`routing`, `letters_changed`) once
its views are written.
"""
