"""The tests of flake8-pyarch."""
