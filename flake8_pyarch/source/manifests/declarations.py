"""Declarations of dependencies, read from the forms that a project may write them in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from flake8_pyarch.source.manifests.constraints import Admitted, lowest_admitted, poetry_constraint
from flake8_pyarch.source.manifests.places import Place
from flake8_pyarch.source.manifests.requirement_tables import Role

__all__ = ["ELSEWHERE", "Declaration", "from_poetry", "from_requirement"]

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
ELSEWHERE = frozenset({"develop", "file", "git", "path", "url", "workspace"})
"""Keys that say that a package comes from elsewhere than an index, so that its versions are not told."""
_PYTHONS = tuple(f"3.{minor}" for minor in range(12, 20))
"""The versions of Python whose requirements count: the ones the stack admits."""
_PLATFORMS = (
    {"os_name": "posix", "platform_system": "Linux", "sys_platform": "linux"},
    {"os_name": "posix", "platform_system": "Darwin", "sys_platform": "darwin"},
    {"os_name": "nt", "platform_system": "Windows", "sys_platform": "win32"},
)


class Declaration(NamedTuple):
    """What a project requires of one package, or of Python.

    Arguments:
        name: the normalised name of the package.
        admitted: the versions, None where they cannot be read.
        path: the absolute path of the file.
        place: where it stands there.
        role: what it is for.
        extras: the extras that are asked for.
        is_conditional: whether it holds in some environments only.

    """

    name: str
    admitted: Admitted | None
    path: str
    place: Place
    role: Role = Role.MAIN
    extras: frozenset[str] = frozenset()
    is_conditional: bool = False

    @property
    def lowest(self) -> Version | None:
        """The lowest version that is admitted, 0 where all are; None where that cannot be read."""
        return None if self.admitted is None else lowest_admitted(self.admitted)

    def rules_out_below(self, bound: Version) -> bool:
        """Tell whether, wherever the project is installed, no version below the bound is."""
        lowest = self.lowest
        return not self.is_conditional and lowest is not None and lowest >= bound


def from_requirement(text: str, role: Role, path: str, place: Place) -> Declaration | None:
    """Return what a requirement (`fastapi[standard]>=0.115.13; sys_platform == "linux"`) declares.

    None where it holds for no environment that counts, and where it names no package.
    """
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        found = _NAME.match(text.strip())
        return Declaration(canonicalize_name(found[0]), None, path, place, role) if found else None
    marker = requirement.marker
    if marker is not None and not _may_hold(marker):
        return None
    admitted = None if requirement.url else (requirement.specifier,)
    name = canonicalize_name(requirement.name)
    return Declaration(name, admitted, path, place, role, frozenset(requirement.extras), marker is not None)


def from_poetry(name: str, value: object, role: Role, path: str, place: Place) -> Iterator[Declaration]:
    """Yield what one entry of a Poetry table of dependencies declares: nothing for environments that do not count."""
    table: Mapping[str, Any] = value if isinstance(value, dict) else {"version": value}
    version, python, markers, extras = (table.get(key) for key in ("version", "python", "markers", "extras"))
    if not _may_hold_for(python) or not _may_hold_with(markers):
        return
    is_elsewhere = not ELSEWHERE.isdisjoint(table)
    yield Declaration(
        name=canonicalize_name(name),
        admitted=poetry_constraint(version) if isinstance(version, str) and not is_elsewhere else None,
        path=path,
        place=place,
        role=Role.EXTRA if table.get("optional") is True else role,
        extras=frozenset(filter(_is_text, extras)) if isinstance(extras, list) else frozenset(),
        is_conditional=not {"python", "markers", "platform"}.isdisjoint(table),
    )


def _may_hold(marker: Marker) -> bool:
    """Tell whether a marker holds on some platform for some version of Python that counts."""
    for python in _PYTHONS:
        for platform in _PLATFORMS:
            environment = {"python_version": python, "python_full_version": f"{python}.0", "extra": "", **platform}
            try:
                if marker.evaluate(environment):
                    return True
            except (UndefinedComparison, UndefinedEnvironmentName):
                return True
    return False


def _may_hold_with(markers: object) -> bool:
    try:
        return not isinstance(markers, str) or _may_hold(Marker(markers))
    except InvalidMarker:
        return True


def _may_hold_for(python: object) -> bool:
    """Tell whether a constraint on Python admits one of the versions that count."""
    admitted = poetry_constraint(python) if isinstance(python, str) else None
    return admitted is None or any(each.contains(version) for each in admitted for version in _PYTHONS)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
