"""Mail that goes out: what must leave, how it is written, and that it leaves once."""
