"""Facts beyond one file."""
