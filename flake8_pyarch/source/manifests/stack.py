"""The stack table: which declarations admit versions that are too old."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from flake8_pyarch.source.manifests.constraints import lowest_of
from flake8_pyarch.source.manifests.manifest import Manifest
from flake8_pyarch.source.manifests.places import Place
from flake8_pyarch.source.manifests.requirement_tables import Role

__all__ = ["Outdated", "is_too_old", "outdated"]


class Outdated(NamedTuple):
    """A declaration that admits a version below the minimum.

    Arguments:
        path: the absolute path of the file.
        place: where it stands there.
        problem: what it does, as the end of a sentence.

    """

    path: str
    place: Place
    problem: str


def outdated(manifests: Iterable[Manifest], package: str, minimum: str) -> Iterator[Outdated]:
    """Yield the declarations of a package, or of Python, by which a version below the minimum could be installed.

    What is always required holds for extras and groups too. Without that, they are locked together, so one of them that
    rules old versions out is enough.

    Arguments:
        manifests: where they stand.
        package: the normalised name.
        minimum: a specifier, of which the lower bound counts.

    """
    for manifest in manifests:
        yield from _outdated(manifest, package, minimum)


def _outdated(manifest: Manifest, package: str, minimum: str) -> Iterator[Outdated]:
    bound = lowest_of(SpecifierSet(minimum))
    declared = [each for each in manifest.declarations if each.name == package]
    main = [each for each in declared if each.role is Role.MAIN]
    required = main or [each for each in declared if each.role is Role.EXTRA]
    limits = [each for each in declared if each.role is Role.LIMIT]
    if bound is None or any(each.rules_out_below(bound) for each in (*required, *limits)):
        return
    for each in required:
        lowest = each.lowest
        if lowest is not None and lowest < bound:
            problem = f"admits {lowest}" if any(lowest.release) else "has no lower bound"
            yield Outdated(each.path, each.place, problem)


def is_too_old(version: str, minimum: str) -> bool:
    """Tell whether a version is below the lower bound of a specifier."""
    bound = lowest_of(SpecifierSet(minimum))
    return bound is not None and Version(version) < bound
