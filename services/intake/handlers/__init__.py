"""One file per thing that intake does."""
