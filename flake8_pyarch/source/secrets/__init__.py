"""Secrets: which names and texts are some, and where they show."""
