"""The baseline: findings that are accepted for now, known by what they are and not by where they stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flake8_pyarch.checking.identity import Identity
from flake8_pyarch.files import read_file
from flake8_pyarch.settings import ConfigurationError, reason_of

__all__ = ["Baseline", "Entry", "read_baseline"]

_VERSION = 1

Entry = tuple[str, Identity]
"""A path below the project's root, with forward slashes, and what is accepted there."""


class Baseline:
    """Accepted findings and how often each may occur."""

    def __init__(self, counts: Mapping[Entry, int] | None = None) -> None:
        self.counts = Counter(counts)

    def new_ones(self, path: str, identities: Sequence[Identity]) -> list[bool]:
        """Tell for each finding of a file, in order, whether the baseline does not cover it."""
        left = Counter({entry: count for entry, count in self.counts.items() if entry[0] == path})
        new = []
        for identity in identities:
            entry = (path, identity)
            new.append(left[entry] <= 0)
            left[entry] -= 1
        return new

    def stale(self, present: Mapping[str, Iterable[Identity]]) -> Counter[Entry]:
        """Return what the baseline accepts and the files of a run no longer hold, with how often.

        Arguments:
            present: the path of each file that was checked, or that is gone → the identities found in it.

        """
        found = Counter((path, identity) for path, identities in present.items() for identity in identities)
        return Counter(
            {e: count - found[e] for e, count in self.counts.items() if e[0] in present and count > found[e]}
        )

    def as_text(self) -> str:
        """Return the content of the baseline file."""
        import json  # noqa: PLC0415 - most runs write none

        entries = [
            {"path": path, "code": identity.code, "symbol": identity.symbol, "digest": identity.digest, "count": count}
            for (path, identity), count in sorted(self.counts.items())
            if count > 0
        ]
        content = {"version": _VERSION, "findings": entries}
        text = json.dumps(content, indent=2, ensure_ascii=False)
        try:
            text.encode()
        except UnicodeEncodeError:  # a file name that is no text
            text = json.dumps(content, indent=2)
        return text + "\n"


def read_baseline(path: str) -> Baseline:
    """Return the baseline in the file at `path`.

    Raises:
        ConfigurationError: it cannot be read, for a baseline that is misread would hide findings or bring them back.

    """
    import json  # noqa: PLC0415 - most runs read none

    try:
        content = json.loads(read_file(path).decode())
        if content["version"] != _VERSION:
            raise ConfigurationError(path, _unusable(f"version {content['version']!r}, expected {_VERSION}"))
        return Baseline(dict(_entry(entry) for entry in content["findings"]))
    except (OSError, RecursionError, ValueError) as error:
        raise ConfigurationError(path, _unusable(reason_of(error))) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise ConfigurationError(path, _unusable(f"{type(error).__name__}: {error}")) from error


def _entry(entry: Mapping[str, Any]) -> tuple[Entry, int]:
    code, symbol, digest, path, count = (entry[key] for key in ("code", "symbol", "digest", "path", "count"))
    if not all(isinstance(text, str) for text in (code, symbol, digest, path)) or not isinstance(count, int):
        problem = f"{dict(entry)!r} is no entry"
        raise TypeError(problem)
    return (path, Identity(code, symbol, digest)), count


def _unusable(problem: str) -> str:
    return f"the baseline cannot be read: {problem}"
