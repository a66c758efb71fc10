"""Where a provider is injected, in modules that may come from mypy's cache: found in their text, typed by mypy."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from mypy.nodes import Decorator, FuncDef, MypyFile, TypeAlias, TypeInfo, Var
from mypy.types import AnyType, CallableType, Type, TypeOfAny

from flake8_pyarch.source.syntax import parameters_of
from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.internals import Build
from mypy_pyarch.names import definition_of
from mypy_pyarch.sources import Source, Sources, metadata_of

__all__ = ["Place", "Places"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a provider is injected.

    Arguments:
        module: the dotted name of its module.
        declared: the type that is declared there, Any where none is asked for, None where it is unknown.

    """

    module: str
    declared: Type | None


class Places:
    """Finds where a provider is injected.

    Arguments:
        build: the run of mypy.
        sources: its files.
        functions: what declares that something is injected.

    """

    def __init__(self, build: Build, sources: Sources, functions: DependsFunctions) -> None:
        self._build = build
        self._sources = sources
        self._functions = functions

    def reachable_from(self, start: MypyFile) -> list[MypyFile]:
        """Return a module and those of the project that it imports, directly or not, by name."""
        found, stack = {start.fullname: start}, [start]
        while stack:
            module = stack.pop()
            for name in _imported(module, self._sources.of(module.path)):
                target = self._build.modules.get(name)
                if target and name not in found and not target.is_stub and self._build.is_reported(target.path):
                    found[name] = target
                    stack.append(target)
        return [found[name] for name in sorted(found)]

    def of(self, provider: str, module: MypyFile) -> Iterator[Place]:
        """Yield the places in a module where the provider with that full name is injected."""
        source = self._sources.of(module.path)
        is_mentioned = provider.rpartition(".")[2].encode() in source.text
        if not is_mentioned or not self._functions.are_mentioned_in(source.text):
            return
        calls = {id(call) for call in source.calls() if self._is_injection_of(provider, call, module)}
        for name, annotation, value in _annotated_names(source):
            found = {id(entry) for entry in (value, *metadata_of(annotation))} & calls
            if found:
                calls -= found
                yield Place(module.fullname, _declared(name, module))
        if calls:
            yield Place(module.fullname, AnyType(TypeOfAny.special_form))

    def _is_injection_of(self, provider: str, call: ast.Call, module: MypyFile) -> bool:
        if not self._functions.include(definition_of(call.func, module, self._build.modules)):
            return False
        named = [keyword.value for keyword in call.keywords if keyword.arg == "dependency"]
        argument = next(iter([*call.args, *named]), None)
        injected = definition_of(argument, module, self._build.modules) if argument else None
        return injected is not None and injected.fullname == provider


def _annotated_names(source: Source) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """Yield parameters, fields and aliases by their qualified names, each with its annotation and its value."""
    for name, functions in source.functions.items():
        for function in functions:
            for parameter, default in parameters_of(function.args):
                yield f"{name}.{parameter.arg}", parameter.annotation, default
    for name, classes in source.classes.items():
        for statement in chain.from_iterable(one.body for one in classes):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                yield f"{name}.{statement.target.id}", statement.annotation, statement.value
    for statement in source.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=value)
            ):
                yield name, value, None
            case _ if type(statement).__name__ == "TypeAlias":
                yield statement.name.id, statement.value, None  # type: ignore[attr-defined]  # came in Python 3.12


def _declared(name: str, module: MypyFile) -> Type | None:
    """Return the type that mypy knows for a parameter, field or alias, None for one within a function."""
    *parts, last = name.split(".")
    owner: MypyFile | TypeInfo = module
    for position, part in enumerate(parts):
        symbol = owner.names.get(part)
        node = symbol.node if symbol else None
        function = node.func if isinstance(node, Decorator) else node
        if isinstance(function, FuncDef):
            is_parameter = position == len(parts) - 1
            return _parameter_type(function, last) if is_parameter else None
        if not isinstance(node, TypeInfo):
            return None
        owner = node
    found = owner.names.get(last)
    if found and isinstance(found.node, TypeAlias):
        return found.node.target
    return found.node.type if found and isinstance(found.node, Var) else None


def _parameter_type(function: FuncDef, name: str) -> Type | None:
    if not isinstance(function.type, CallableType):
        return None
    return dict(zip(function.type.arg_names, function.type.arg_types, strict=True)).get(name)


def _imported(module: MypyFile, source: Source) -> Iterator[str]:
    for statement in source.imports:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                parts = alias.name.split(".")
                yield from (".".join(parts[: count + 1]) for count in range(len(parts)))
            continue
        origin = _origin(statement, module)
        yield origin
        yield from (f"{origin}.{alias.name}" for alias in statement.names)


def _origin(statement: ast.ImportFrom, module: MypyFile) -> str:
    if not statement.level:
        return statement.module or ""
    package = module.fullname.split(".")
    kept = package[: len(package) - statement.level + module.is_package_init_file()]
    return ".".join([*kept, *([statement.module] if statement.module else [])])
