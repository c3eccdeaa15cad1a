"""Child processes that do the same small work over and over while there is much of it, on other cores and without
Python's one lock of the process that officers wait for. `outside` is the house's end, `inside` the child's.

Unlike `saraban.child`, which starts a process for each untrusted file, an apprentice stays until it is dismissed.
"""
