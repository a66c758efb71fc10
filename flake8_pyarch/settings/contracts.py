"""Contracts between modules, with the fields and the meaning that import-linter gives them.

Imported only where there are settings to validate, or contracts to check.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal, NamedTuple, get_args, get_origin

from flake8_pyarch.settings.table import REQUIRED, Table, described, keys_of

__all__ = [
    "CONTRACT_TYPES",
    "AcyclicSiblingsContract",
    "Contract",
    "ForbiddenContract",
    "IndependenceContract",
    "LayersContract",
    "Level",
    "ProtectedContract",
    "contract_problems",
    "expressions_of",
    "import_expression",
    "level_of",
    "with_plain_contracts",
]

_WILDCARDS = frozenset({"*", "**"})

Names = tuple[str, ...]


def _described(description: str, default: object = REQUIRED, **constraints: object) -> Any:
    return described(default, description, **constraints)


class _Contract(Table):
    """What every contract states."""

    has_hyphens = False

    name: str = _described("What the contract is called in reports", min_length=1)
    id: str | None = _described("A name for import-linter's command line, which we have no use for", None)
    ignore_imports: Names = _described("Imports that do not count, such as `shop.a -> shop.*.b`", ())
    unmatched_ignore_imports_alerting: Literal["error", "warn", "none"] = _described(
        "What an entry of `ignore_imports` is that matches no import", "error"
    )
    broken_contract_guidance: str | None = _described("What to do about a breach, instead of our own advice", None)


class LayersContract(_Contract):
    """Higher layers may import lower ones, and never the other way round."""

    type: Literal["layers"]
    layers: Names = _described(
        "The layers, the highest first. `a | b` are two of one height that may not import each other, `a : b` two that "
        "may; `(a)` need not exist",
        min_length=1,
    )
    containers: Names = _described("The packages that each have these layers; the layers are then named below them", ())
    exhaustive: bool = _described("Whether every module of a container has to be one of the layers", default=False)
    exhaustive_ignores: Names = _described("Modules of a container that need not be a layer", ())


class ForbiddenContract(_Contract):
    """Some modules may not import some others."""

    type: Literal["forbidden"]
    source_modules: Names = _described("Who may not import", min_length=1)
    forbidden_modules: Names = _described("What may not be imported; also top-level packages of others", min_length=1)
    allow_indirect_imports: bool = _described("Whether to look at direct imports alone", default=False)
    as_packages: bool = _described("Whether a module stands for all that lies below it", default=True)


class IndependenceContract(_Contract):
    """Some modules may not import each other."""

    type: Literal["independence"]
    modules: Names = _described("The modules", min_length=1)


class ProtectedContract(_Contract):
    """Only some modules may import some others directly."""

    type: Literal["protected"]
    protected_modules: Names = _described("What may not be imported", min_length=1)
    allowed_importers: Names = _described("Who may import it nonetheless")
    as_packages: bool = _described("Whether a module stands for all that lies below it", default=True)


class AcyclicSiblingsContract(_Contract):
    """The modules and packages side by side in a package do not depend on each other in a loop."""

    type: Literal["acyclic_siblings"]
    ancestors: Names = _described("The packages to look into", min_length=1)
    depth: int = _described("How many generations below their children to look at", 10, ge=0)
    skip_descendants: Names = _described("Packages below that are not looked into", ())


Contract = LayersContract | ForbiddenContract | IndependenceContract | ProtectedContract | AcyclicSiblingsContract


CONTRACT_TYPES: Mapping[str, type[Contract]] = {
    get_args(key.type)[0]: each for each in get_args(Contract) for key in keys_of(each) if key.name == "type"
}
"""What a contract states as its type → the class that has its fields."""


class Level(NamedTuple):
    """One entry of a layers contract.

    Arguments:
        names: the modules in it.
        optional: those of them that need not exist.
        is_independent: whether they may not import each other.

    """

    names: Names
    optional: frozenset[str]
    is_independent: bool


def with_plain_contracts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with the contracts as the model has them.

    Their keys may be written with hyphens, as our others are, and a list of one as its only entry, as import-linter
    allows.
    """
    contracts = values.get("contracts")
    if not isinstance(contracts, list):
        return dict(values)
    return {**values, "contracts": [_plain_contract(each) if isinstance(each, dict) else each for each in contracts]}


def _plain_contract(stated: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key.replace("-", "_"): value for key, value in stated.items()}
    stated_type = plain.get("type")
    kind = CONTRACT_TYPES.get(stated_type) if isinstance(stated_type, str) else None
    for each in keys_of(kind) if kind is not None else ():
        if get_origin(each.type) is tuple and isinstance(plain.get(each.name), str):
            plain[each.name] = [plain[each.name]]
    return plain


def level_of(text: str) -> Level:
    """Return what an entry of `layers` means."""
    delimiter = "|" if "|" in text else ":"
    parts = [part.strip() for part in text.split(delimiter)]
    optional = frozenset(part[1:-1].strip() for part in parts if part.startswith("(") and part.endswith(")"))
    names = (part[1:-1].strip() if part.startswith("(") and part.endswith(")") else part for part in parts)
    return Level(tuple(names), optional, is_independent=delimiter == "|")


def import_expression(text: str) -> tuple[str, str]:
    """Return the importer and the imported module that an entry of `ignore_imports` names."""
    importer, _, imported = text.partition("->")
    return importer.strip(), imported.strip()


def expressions_of(contract: Contract) -> Iterator[tuple[str, str]]:
    """Yield field and module expression for each module that has to be there, layers left out."""
    match contract:
        case LayersContract():
            stated = {"containers": contract.containers}
        case ForbiddenContract():
            stated = {
                "source_modules": contract.source_modules,
                "forbidden_modules": contract.forbidden_modules,
            }
        case IndependenceContract():
            stated = {"modules": contract.modules}
        case ProtectedContract():
            stated = {
                "protected_modules": contract.protected_modules,
                "allowed_importers": contract.allowed_importers,
            }
        case AcyclicSiblingsContract():
            stated = {"ancestors": contract.ancestors, "skip_descendants": contract.skip_descendants}
    for name, expressions in stated.items():
        yield from ((name, expression) for expression in expressions)


def contract_problems(contract: Contract) -> Iterator[str]:
    """Yield what is wrong with a contract although each of its fields has the right type."""
    for name, expression in expressions_of(contract):
        problem = _expression_problem(expression)
        if problem:
            yield f"'{name}' holds {expression!r}: {problem}"
    for text in contract.ignore_imports:
        ends = import_expression(text)
        problem = next(filter(None, map(_expression_problem, ends)), "") if all(ends) else ""
        if not all(ends) or "->" in ends[1]:
            problem = "expected the form 'package.importer -> package.imported'"
        if problem:
            yield f"'ignore_imports' holds {text!r}: {problem}"
    if isinstance(contract, LayersContract):
        yield from _layer_problems(contract)
    if isinstance(contract, AcyclicSiblingsContract):
        for expression in sorted(set(contract.ancestors) & set(contract.skip_descendants)):
            yield f"'skip_descendants' holds {expression!r}, which is one of 'ancestors' too"


def _layer_problems(contract: LayersContract) -> Iterator[str]:
    seen: set[str] = set()
    for text in contract.layers:
        if "|" in text and ":" in text:
            yield f"'layers' holds {text!r}: it mixes '|' and ':'"
            continue
        for name in level_of(text).names:
            problem = _expression_problem(name) or ("a layer takes no wildcard" if "*" in name else "")
            if name in seen:
                problem = f"{name!r} is there twice"
            if problem:
                yield f"'layers' holds {text!r}: {problem}"
            seen.add(name)
    if contract.exhaustive and not contract.containers:
        yield "'exhaustive' needs 'containers'"


def _expression_problem(expression: str) -> str:
    segments = expression.split(".")
    if not all(segment in _WILDCARDS or segment.isidentifier() for segment in segments):
        return "expected a dotted module name, in which '*' or '**' may stand for whole segments"
    pairs: Iterable[tuple[str, str]] = pairwise(segments)
    if any({left, right} <= _WILDCARDS and "**" in {left, right} for left, right in pairs):
        return "'**' may not stand beside another wildcard"
    return ""
