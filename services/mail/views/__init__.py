"""What mail remembers of the log and answers from it."""
