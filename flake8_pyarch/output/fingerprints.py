"""What a finding is known by from one run to the next, although lines have moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from flake8_pyarch.output.paths import repository_path
from flake8_pyarch.output.report import Entry

__all__ = ["fingerprinted"]

_LENGTH = 32


def fingerprinted(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str, str]]:
    """Yield each finding with its path in the repository, and a fingerprint that is unique within the report."""
    seen: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        path = repository_path(entry)
        identity = entry.reported.identity
        known_by = (path, identity.code, identity.symbol, identity.digest)
        content = "\0".join([*known_by, str(seen[known_by])])
        seen[known_by] += 1
        yield entry, path, sha256(content.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]
