"""`--output-file`: what a command would print goes into a file."""

import os

from flake8_pyarch.files import replace_file
from flake8_pyarch.settings import ConfigurationError

__all__ = ["write_output"]


def write_output(named: str, text: str) -> None:
    """Write to a file as a whole, or to what is no file but a device or a pipe, which has to stay.

    Arguments:
        named: the path, as the user wrote it.
        text: what to write.

    Raises:
        ConfigurationError: it cannot be written.

    """
    path = os.path.realpath(named)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as stream:
                stream.write(text.encode())
        else:
            replace_file(path, text.encode())
    except OSError as error:
        problem = f"{named!r} cannot be written: {error.strerror}"
        raise ConfigurationError("command line, --output-file", problem) from error
