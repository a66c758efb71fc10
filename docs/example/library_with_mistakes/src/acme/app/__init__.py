"""The library, written in a hurry."""
