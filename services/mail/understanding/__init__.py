"""Understanding mail: raw bytes in, what they mean out. Pure: no clock, no network, no other mail.

Nothing that arrives makes this raise. What cannot be understood comes back as such, with a reason that a clerk sees.
"""

from services.mail.understanding.mail import NotUnderstood, Understood, understand

__all__ = ["NotUnderstood", "Understood", "understand"]
