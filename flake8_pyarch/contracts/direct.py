"""The check of one import by itself: what Flake8, which sees one file at a time, can say of a contract."""

from collections.abc import Iterator

from flake8_pyarch.contracts.expressions import fitting_prefixes, is_import_of, is_in, prefixes
from flake8_pyarch.contracts.forbidden import overlap
from flake8_pyarch.settings.contracts import (
    Contract,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    Level,
    ProtectedContract,
    level_of,
)

__all__ = ["DirectCheck"]


class DirectCheck:
    """The check of single imports against one contract.

    Arguments:
        contract: the contract.

    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._levels = [level_of(text) for text in contract.layers] if isinstance(contract, LayersContract) else []

    def breach(self, importer: str, imported: str) -> tuple[str, str] | None:
        """Return the modules of the contract of which the first may not import the second, None if it is not broken.

        Arguments:
            importer: the dotted name of the importing module.
            imported: that of the imported one; of another project's, its top-level package.

        """
        found = next(self._breaches(importer, imported), None)
        if found is None or any(is_import_of(text, importer, imported) for text in self.contract.ignore_imports):
            return None
        return found

    def _breaches(self, importer: str, imported: str) -> Iterator[tuple[str, str]]:
        contract = self.contract
        match contract:
            case LayersContract():
                for container in _containers(contract, importer):
                    yield from self._layer_breaches(container, importer, imported)
            case ForbiddenContract():
                sources, forbidden = contract.source_modules, contract.forbidden_modules
                yield from _pairs(sources, forbidden, importer, imported, as_packages=contract.as_packages)
            case IndependenceContract():
                yield from _pairs(contract.modules, contract.modules, importer, imported, as_packages=True)
            case ProtectedContract() if not _meant(
                contract.allowed_importers, importer, as_packages=contract.as_packages
            ):
                protected = _meant(contract.protected_modules, imported, as_packages=contract.as_packages)
                inside = importer.__eq__ if not contract.as_packages else lambda top: is_in(top, importer)
                yield from ((importer, top) for top in protected if not inside(top))

    def _layer_breaches(self, container: str, importer: str, imported: str) -> Iterator[tuple[str, str]]:
        ours, theirs = (_layer(self._levels, container, name) for name in (importer, imported))
        if ours is None or theirs is None:
            return
        (height, our_name), (their_height, their_name) = ours, theirs
        beside = height == their_height and our_name != their_name and self._levels[height].is_independent
        if their_height < height or beside:
            yield container + our_name, container + their_name


def _containers(contract: LayersContract, importer: str) -> Iterator[str]:
    if not contract.containers:
        yield ""
    for expression in contract.containers:
        yield from (f"{name}." for name in fitting_prefixes(expression, importer))


def _layer(levels: list[Level], container: str, name: str) -> tuple[int, str] | None:
    """Return the height of a module's layer, from the top, and the layer's name."""
    if not name.startswith(container):
        return None
    inside = set(prefixes(name[len(container) :]))
    layers = ((height, layer) for height, level in enumerate(levels) for layer in level.names if layer in inside)
    return next(layers, None)


def _pairs(
    sources: tuple[str, ...], targets: tuple[str, ...], importer: str, imported: str, *, as_packages: bool
) -> Iterator[tuple[str, str]]:
    ours = _meant(sources, importer, as_packages=as_packages)
    theirs = _meant(targets, imported, as_packages=as_packages) if ours else []
    yield from ((one, other) for one in ours for other in theirs if not overlap(one, other, as_packages=as_packages))


def _meant(expressions: tuple[str, ...], name: str, *, as_packages: bool) -> list[str]:
    """Return the modules that expressions mean and that a module is, or, as packages, lies in."""
    found = sorted({prefix for expression in expressions for prefix in fitting_prefixes(expression, name)})
    return found if as_packages else [prefix for prefix in found if prefix == name]
