"""Chaos: the whole story under load on real servers, while processes and servers are killed at random moments.

    make chaos SEED=7 KILLS=20        prints what it did, line by line, and the verdict

The same seed kills the same things in the same order after the same waits; what they were doing just then differs from
run to run, which is the point.
"""
