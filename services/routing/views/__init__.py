"""What routing remembers of the log and answers from it."""
