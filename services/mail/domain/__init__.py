"""The rules of mail: pure functions without clock, network or store."""
