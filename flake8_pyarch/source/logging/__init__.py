"""Logging: loggers and the calls of their methods."""
