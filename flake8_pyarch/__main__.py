"""`python -m flake8_pyarch` is `pyarch`."""

import sys

from flake8_pyarch.cli import command

if __name__ == "__main__":
    sys.exit(command())
