"""What can be found, and how it is shown. Pure: no clock, no engine, no broker."""
