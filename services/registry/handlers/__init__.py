"""The registry's commands, one module a subject: load, decide, write."""
