"""Where the library's data lies."""
