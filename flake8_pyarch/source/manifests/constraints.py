"""Which versions a requirement admits, whichever tool it is written for."""

import re
from collections.abc import Iterable

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

__all__ = ["Admitted", "lowest_admitted", "lowest_of", "poetry_constraint", "specifiers"]

Admitted = tuple[SpecifierSet, ...]
"""The alternatives, of which a version has to fulfil one."""

_NOTHING = Version("0")
_PATCH_LENGTH = 3
_PART = re.compile(
    r"[\s,]*(?P<operator>\^|~=|~|={1,3}|!=|<=|>=|<|>)?\s*v?(?P<version>\*|\d[^\s,|]*)(?=[\s,]|$)", re.ASCII
)


def specifiers(text: str) -> Admitted | None:
    """Return what a version specifier of Python's packaging standards admits, None where it is none."""
    try:
        return (SpecifierSet(text),)
    except InvalidSpecifier:
        return None


def poetry_constraint(text: str) -> Admitted | None:
    """Return what a constraint of Poetry admits (`^2.8`, `~1.4`, `1.*`, `>=1 <2 || >=3`), None where it is none."""
    parts = re.split(r"\|\|?", text)
    alternatives = [alternative for alternative in map(_alternative, parts) if alternative is not None]
    return tuple(alternatives) if len(alternatives) == len(parts) else None


def _alternative(text: str) -> SpecifierSet | None:
    """Return what constraints that hold together, separated by commas or spaces, come to."""
    position = 0
    translated = []
    while text[position:].strip(" ,\t\n"):
        part = _PART.match(text, position)
        if part is None:
            return None
        position = part.end()
        translated.append(_translated(part["operator"] or "", part["version"]))
    try:
        return SpecifierSet(",".join(filter(None, translated))) if translated else None
    except (InvalidSpecifier, InvalidVersion):
        return None


def _translated(operator: str, version: str) -> str:
    """Return one constraint as a specifier; it may turn out to be none."""
    if version == "*":
        return ""
    if operator in {"^", "~"}:
        return f">={version},<{_next(operator, version)}"
    if operator in {"", "="}:
        operator = "=="
    return f"{operator}{version}"


def _next(operator: str, version: str) -> str:
    """Return the first version that `^version` or `~version` leaves out."""
    try:
        release = Version(version).release
    except InvalidVersion:
        return version
    if operator == "~":
        kept = min(len(release), 2)
    else:
        kept = next((index for index, number in enumerate(release, start=1) if number), len(release))
    return ".".join(map(str, (*release[: kept - 1], release[kept - 1] + 1)))


def lowest_admitted(admitted: Admitted) -> Version | None:
    """Return the lowest version that is admitted, 0 where all are; None where that cannot be read.

    Versions before a release count as the release.
    """
    lowest = [lowest_of(alternative) for alternative in admitted]
    found = [version for version in lowest if version is not None]
    return min(found) if found and len(found) == len(lowest) else None


def lowest_of(together: Iterable[Specifier]) -> Version | None:
    """Return the lowest version that fulfils all the specifiers, 0 where all do; None where it cannot be read."""
    try:
        bounds = [_bound(specifier) for specifier in together]
    except InvalidVersion:
        return None
    lowest = max(bounds, default=_NOTHING)
    is_left_out = any(
        specifier.operator == "!=" and not specifier.contains(lowest, prereleases=True) for specifier in together
    )
    return None if is_left_out else lowest


def _bound(specifier: Specifier) -> Version:
    if specifier.operator in {">=", "~=", "==", "===", ">"}:
        bound = Version(Version(specifier.version.removesuffix(".*")).base_version)
        return _after(bound) if specifier.operator == ">" else bound
    return _NOTHING


def _after(version: Version) -> Version:
    """Return the next patch: `>3.11` admits 3.11.1."""
    release = (*version.release, *(0,) * (_PATCH_LENGTH - len(version.release)))
    return Version(f"{version.epoch}!" + ".".join(map(str, (*release[:-1], release[-1] + 1))))
