"""Mail that comes in: looking into the mailbox, taking each mail in, quarantine."""
