"""The things the library deals with."""
