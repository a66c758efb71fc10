"""Architecture rules for FastAPI services, as a Flake8 plugin and a command."""

__all__ = ["__version__"]

__version__ = "0.1.0"
