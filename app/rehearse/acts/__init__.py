"""The acts of the play, in the order of the calendar; each asserts what the API answers before the next begins."""
