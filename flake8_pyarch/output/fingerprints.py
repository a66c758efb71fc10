"""What a finding is known by from one run to the next, although lines have moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from flake8_pyarch.output.report import Entry

__all__ = ["fingerprints"]

_LENGTH = 32


def fingerprints(entries: Sequence[Entry], paths: Sequence[str]) -> Iterator[str]:
    """Yield a fingerprint of each finding, unique within the report.

    Arguments:
        entries: the findings.
        paths: the path of each, the same on every machine.

    """
    seen: Counter[tuple[str, ...]] = Counter()
    for entry, path in zip(entries, paths, strict=True):
        identity = entry.reported.identity
        known_by = (path, identity.code, identity.symbol, identity.digest)
        content = "\0".join([*known_by, str(seen[known_by])])
        seen[known_by] += 1
        yield sha256(content.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]
