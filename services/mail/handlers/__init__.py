"""What mail does: take in what comes, deal with what waits, send what must leave."""
