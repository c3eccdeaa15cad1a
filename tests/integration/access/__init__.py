"""Who may do what: every endpoint of the API × every role × letters of the own unit, of another unit and classified."""
