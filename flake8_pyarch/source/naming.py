"""Naming: how a name is written, and whether somebody else chose it."""

import ast
from typing import TYPE_CHECKING

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.syntax import FUNCTIONS, last_name
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module
    from flake8_pyarch.source.tree import Location, SourceTree

__all__ = [
    "IGNORED_BY_RUFF",
    "cap_words",
    "has_foreign_base",
    "is_dunder",
    "is_mangled",
    "is_mixed_case",
    "is_override",
    "owner_of",
    "snake_case",
]

IGNORED_BY_RUFF = frozenset(
    "setUp tearDown setUpClass tearDownClass setUpModule tearDownModule asyncSetUp asyncTearDown setUpTestData "
    "failureException longMessage maxDiff".split()
)
"""The names that Ruff's rules on naming leave alone by default."""

_OBJECT = frozenset({"builtins.object"})
_GENERATED = "_pb2"
"""What protobuf's generated modules have in their names: their methods are named by the protocol."""

_WORD_START = lazy_pattern(r"(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_dunder(name: str) -> bool:
    """Tell whether a name is one of the language's: `__init__`."""
    return name.startswith("__") and name.endswith("__")


def is_mangled(name: str) -> bool:
    """Tell whether Python puts the class's name before a name: `__total` inside `Order` is `_Order__total`."""
    return name.startswith("__") and not name.endswith("__")


def is_mixed_case(name: str) -> bool:
    """Tell whether a name is in mixedCase: it begins with a small letter, and a capital begins another word.

    `x_T` and `x2D` are not: their capital is no word's beginning.
    """
    if name == name.lower() or not name.lstrip("_")[:1].islower():
        return False
    return any(
        letter.isupper() and (before.islower() or (before.isdigit() and after.islower()))
        for before, letter, after in zip(name, name[1:], name[2:] + " ", strict=False)
    )


def snake_case(name: str) -> str:
    """Return a name in snake_case, its leading underscores kept."""
    return _WORD_START().sub("_", name).lower()


def cap_words(name: str) -> str:
    """Return a name in CapWords, its leading underscores kept."""
    bare = name.lstrip("_")
    return name[: len(name) - len(bare)] + "".join(word[:1].upper() + word[1:] for word in bare.split("_"))


def owner_of(node: ast.AST, module: "Module") -> ClassModel | None:
    """Return the class whose body directly holds a definition or statement, also under an `if` or a `try`, or None."""
    for _, parent in module.ancestry(node):
        if isinstance(parent, ast.ClassDef):
            return module.class_model(parent)
        if isinstance(parent, (*FUNCTIONS, ast.Lambda)):
            return None
    return None


def is_override(function: Function) -> bool:
    """Tell whether a function is marked `@override`."""
    return any(last_name(decorator) == "override" for decorator in function.decorator_list)


def has_foreign_base(model: ClassModel, module: "Module", plain: frozenset[str] = _OBJECT) -> bool:
    """Tell whether a class has a base that is not known to be the project's own, so that others chose its names.

    Bases are followed through the classes of the project, in this file and in others.

    Arguments:
        model: the class.
        module: the file it stands in.
        plain: the qualified names of bases that do not count.

    """
    found: list[tuple[str | None, Location]] = []
    for base, name in model.foreign_bases:
        is_own = name in plain or module.origin_of_name(base) is Origin.FIRST_PARTY
        found.append((name if is_own else None, module.location))
    return _leads_abroad(found, module.source_tree, plain)


def _leads_abroad(pending: "list[tuple[str | None, Location]]", tree: "SourceTree", plain: frozenset[str]) -> bool:
    """Tell whether a base of these, or of those that they lead to, is foreign or unknown."""
    seen: set[str] = set()
    while pending:
        name, importer = pending.pop()
        if name is None or _GENERATED in name:
            return True
        if name in plain or name in seen:
            continue
        seen.add(name)
        if name.startswith("builtins.") or tree.origin(name, importer) is not Origin.FIRST_PARTY:
            return True
        pending += tree.origins_of(name, importer)
    return False
