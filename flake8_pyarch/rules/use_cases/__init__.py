"""PYA3, use cases: their names, their shape, and what goes in and comes out."""
