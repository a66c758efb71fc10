"""The one error that bad settings raise, and how it is worded."""

__all__ = ["ConfigurationError", "MissingPathError", "did_you_mean", "reason_of", "unreadable"]


class ConfigurationError(Exception):
    """The settings cannot be used.

    Arguments:
        origin: the file, or the option, they stand in.
        problem: what is wrong, with the key, the value and what is allowed.

    """

    def __init__(self, origin: str, problem: str) -> None:
        self.origin = origin
        self.problem = problem
        super().__init__(origin, problem)

    def __str__(self) -> str:
        return f"{self.origin}: {self.problem}"


class MissingPathError(ConfigurationError):
    """A path of the command line does not exist.

    Arguments:
        path: the path, as it was written.

    """

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__("command line", f"'{path}' does not exist")


def unreadable(origin: str, reason: str | Exception) -> ConfigurationError:
    """Return the error to raise where a file cannot be read, or what it holds cannot be parsed.

    Arguments:
        origin: the file.
        reason: what is wrong, or the exception that says so.

    """
    return ConfigurationError(origin, f"cannot be read: {reason if isinstance(reason, str) else reason_of(reason)}")


def reason_of(error: Exception) -> str:
    """Return what an exception says of a file, without the file's name, which stands before it."""
    match error:
        case OSError():
            return error.strerror or type(error).__name__
        case UnicodeDecodeError():
            return f"byte {error.start} is not UTF-8"
        case RecursionError():
            return "it is nested too deeply"
    return str(error)


def did_you_mean(word: str, allowed: list[str]) -> str:
    """Return `; did you mean 'x'?` for the closest allowed word, or nothing where none is close.

    Of several close ones it is the one that begins alike, for the beginning of a code says what it is about.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only a run that ends with an error needs it

    close = get_close_matches(word, allowed, n=5)
    return f"; did you mean '{max(close, key=lambda each: _common_letters(each, word))}'?" if close else ""


def _common_letters(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    differences = (index for index, letters in enumerate(zip(one, other, strict=False)) if len(set(letters)) > 1)
    return next(differences, min(len(one), len(other)))
