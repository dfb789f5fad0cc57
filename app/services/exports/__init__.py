"""Lists to be taken away: one registry of tables, one way to make a file of any of them."""
