"""The cases of PYA3, use cases."""
