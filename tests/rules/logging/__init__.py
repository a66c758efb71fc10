"""PYA6: the cases, and what fixes write."""
