"""What a clerk does with mails that could not be understood: try again, make a letter by hand, dismiss, look."""
