"""Where the data lies."""
