"""PYA5: the cases, and what fixes write."""
