"""PYA0: what the checker says of itself."""
