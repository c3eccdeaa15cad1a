"""The rules of the registry: pure functions from state and command to events."""
