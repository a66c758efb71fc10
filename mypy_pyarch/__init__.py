"""The mypy plugin of flake8-pyarch."""
