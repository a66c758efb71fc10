"""Imports: every way a file names another module, one entry for each alias."""

import ast
from collections.abc import Collection, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.syntax import FUNCTIONS, dotted_name, literal_string

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "ImportedName",
    "PackageImport",
    "is_inside_function",
    "is_type_checking_only",
    "means_type_checking",
    "name_below_root",
    "read_dynamic_imports",
    "read_imports",
    "read_package_imports",
]

_DYNAMIC_IMPORTS = frozenset({"importlib.import_module", "builtins.__import__"})
_LEVEL = 4
"""The position of the argument `level` of `__import__`."""

_TYPE_CHECKING = frozenset({"typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING"})


class ImportedName(NamedTuple):
    """One imported thing: an alias of an import statement, or a dynamic import of a literal name.

    Arguments:
        node: the alias, or the call.
        statement: the statement it stands in.
        module: the absolute dotted name of the imported module, or of the one imported from; empty where a relative
            import leads out of the source root.
        name: the name imported from the module (`*` included), None for `import module`.
        bound: the name it binds in this file, None where it binds none (a dynamic import, `*`).
        dynamic: whether it is a call of `import_module` or `__import__`.
        relative: whether it is written with leading dots.

    """

    node: ast.alias | ast.Call
    statement: ast.stmt
    module: str
    name: str | None
    bound: str | None
    dynamic: bool = False
    relative: bool = False

    @property
    def package(self) -> str:
        """The top-level package: `google` of `google.cloud.storage`."""
        return self.module.partition(".")[0]

    @property
    def qualified_name(self) -> str:
        """The dotted name of the imported thing itself."""
        return f"{self.module}.{self.name}" if self.name and self.name != "*" else self.module

    @property
    def bound_name(self) -> str:
        """What the bound name stands for: `import a.b` binds `a` and `import a.b as c` binds `a.b`."""
        plain = self.name is None and isinstance(self.node, ast.alias) and self.node.asname is None
        return self.package if plain else self.qualified_name


class PackageImport(NamedTuple):
    """What one statement, or one dynamic import, names of one top-level package.

    Arguments:
        node: the statement, or the call.
        package: the top-level package.
        entries: the imported things of that package.

    """

    node: ast.stmt | ast.Call
    package: str
    entries: tuple[ImportedName, ...]

    def named_by(self, names: Collection[str], *, but_not: Collection[str] = ()) -> str | None:
        """Return the first of its things' names, or of the packages round them, that is in `names`, or None.

        `google.cloud` names `from google import cloud` and `import google.cloud.storage`. What `but_not` names in the
        same way is left out.
        """
        for entry in self.entries:
            found = _first_prefix_in(names, entry.qualified_name)
            if found is not None and _first_prefix_in(but_not, entry.qualified_name) is None:
                return found
        return None


def _first_prefix_in(names: Collection[str], dotted: str) -> str | None:
    prefixes = accumulate(dotted.split("."), "{}.{}".format)
    return next((prefix for prefix in prefixes if prefix in names), None)


def read_package_imports(module: "Module") -> Iterator[PackageImport]:
    """Yield the absolute imports of a file, by statement and top-level package."""
    grouped: dict[tuple[ast.stmt | ast.Call, str], list[ImportedName]] = {}
    for entry in module.imports:
        if not entry.relative:
            node = entry.node if isinstance(entry.node, ast.Call) else entry.statement
            grouped.setdefault((node, entry.package), []).append(entry)
    for (node, package), entries in grouped.items():
        yield PackageImport(node, package, tuple(entries))


def read_imports(module: "Module") -> Iterator[ImportedName]:
    """Yield the imports of a file, plain ones first, then `from` imports, then dynamic ones."""
    for statement in module.syntax.of(ast.Import):
        for alias in statement.names:
            bound = alias.asname or alias.name.partition(".")[0]
            yield ImportedName(alias, statement, alias.name, None, bound)
    for from_import in module.syntax.of(ast.ImportFrom):
        source = absolute_module(module, from_import)
        for alias in from_import.names:
            its_name = None if alias.name == "*" else alias.asname or alias.name
            yield ImportedName(alias, from_import, source, alias.name, its_name, relative=from_import.level > 0)


def read_dynamic_imports(module: "Module") -> Iterator[ImportedName]:
    """Yield the calls of `importlib.import_module` and `__import__` whose argument is a literal."""
    has_importlib = any(entry.package == "importlib" for entry in module.static_imports)
    if not has_importlib and not module.mentions("__import__"):
        return
    for call in module.syntax.of(ast.Call):
        target = literal_string(_argument(call, 0, "name"))
        if not target or not (has_importlib or dotted_name(call.func) == "__import__"):
            continue
        if module.resolve(call.func) in _DYNAMIC_IMPORTS:
            name, relative = _absolute_dynamic(module, call, target)
            if all(segment.isidentifier() for segment in name.split(".")):
                yield ImportedName(call, module.statement_of(call), name, None, None, dynamic=True, relative=relative)


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    if position < len(call.args):
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _absolute_dynamic(module: "Module", call: ast.Call, target: str) -> tuple[str, bool]:
    if not target.startswith("."):
        its_level = _argument(call, _LEVEL, "level")
        is_absolute = its_level is None or (isinstance(its_level, ast.Constant) and its_level.value == 0)
        return (target, False) if is_absolute else ("", True)
    package = _argument(call, 1, "package")
    match package:
        case ast.Name(id="__package__"):
            anchor = module.package
        case ast.Name(id="__name__"):
            anchor = module.name
        case _:
            anchor = literal_string(package) or ""
    level = len(target) - len(target.lstrip("."))
    return _relative_to(anchor.split(".") if anchor else [], level, target[level:]), True


def name_below_root(module: "Module", entry: ImportedName) -> str:
    """Return the name that a relative import has below the source root if its dots lead just to there, else nothing.

    That is how files of a source root that is a package itself import each other (`src/` imported as `src`).
    """
    statement = entry.statement
    package_depth = module.package.count(".") + 1 if module.package else 0
    if not isinstance(statement, ast.ImportFrom) or statement.level != package_depth + 1:
        return ""
    return ".".join(name for name in (statement.module, entry.name) if name and name != "*")


def absolute_module(module: "Module", statement: ast.ImportFrom) -> str:
    """Return the absolute name of the module that `statement` imports from, empty where it leads out of the root."""
    if not statement.level:
        return statement.module or ""
    return _relative_to(module.package.split(".") if module.package else [], statement.level, statement.module or "")


def _relative_to(package: list[str], level: int, rest: str) -> str:
    kept = len(package) - (level - 1)
    if kept < 1:
        return ""
    return ".".join([*package[:kept], *([rest] if rest else [])])


def is_type_checking_only(module: "Module", node: ast.AST) -> bool:
    """Tell whether `node` stands under `if TYPE_CHECKING`."""
    for child, parent in module.ancestry(node):
        if isinstance(parent, ast.If) and isinstance(child, ast.stmt):
            runs_when_checking = child in parent.body
            test = parent.test
            if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
                test, runs_when_checking = test.operand, not runs_when_checking
            tests = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
            if runs_when_checking and any(means_type_checking(module, test) for test in tests):
                return True
    return False


def means_type_checking(module: "Module", test: ast.expr) -> bool:
    """Tell whether an expression is `TYPE_CHECKING`."""
    name = dotted_name(test)
    if name is None:
        return False
    return name.rpartition(".")[2] == "TYPE_CHECKING" or module.resolve(test) in _TYPE_CHECKING


def is_inside_function(module: "Module", node: ast.AST) -> bool:
    """Tell whether `node` stands in a function's body, so that it runs later than import time."""
    return any(isinstance(parent, FUNCTIONS) for _, parent in module.ancestry(node))
