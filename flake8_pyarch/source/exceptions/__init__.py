"""Exceptions: which classes are some, how they are raised and caught, and what of them an answer shows."""
