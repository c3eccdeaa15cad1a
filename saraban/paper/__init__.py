"""The typesetter: Thai on paper that is seen right and copied right.

`typeset` draws lines, `sheet` fills pages, `external_letter` and `stamp` are forms of the 2526 regulation. All of it is
meant to run in a child process (`saraban.child`): typesetting takes longer than an event loop may wait, and a stamp is
laid over a page that came from outside.
"""
