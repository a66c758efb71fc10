"""All we use of mypy that is not its plugin interface, in one place.

The rest of the package works with what plugins may lean on: hooks and their contexts, `mypy.nodes`, `mypy.types`, error
codes. `tests/mypy/test_internals.py` fails when something in here changes its shape. Names are looked up in mypy's
modules when they are used, so that one that is gone ends in a note (see `Guard`) and not in the end of the run.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, cast

from mypy import (
    checker,
    checker_state,
    erasetype,
    errors,
    expandtype,
    fastparse,
    indirection,
    maptype,
    messages,
    semanal,
    state,
    subtypes,
    typeanal,
    typeops,
    typevars,
)
from mypy.nodes import CallExpr, Context, Decorator, FuncDef, MypyFile, Node, SymbolNode, TypeInfo, Var
from mypy.options import Options
from mypy.plugin import CheckerPluginInterface, Plugin, TypeAnalyzerPluginInterface
from mypy.types import CallableType, Instance, Type

__all__ = [
    "HAS_FINAL_PASS",
    "IS_WORKER",
    "Build",
    "Checker",
    "Scope",
    "as_checker",
    "call_method_type",
    "formatted",
    "function_at_work",
    "has_native_parser",
    "inherited_attribute_type",
    "inherited_signature",
    "is_assignable",
    "is_in_stub",
    "is_whole_expression",
    "module_of",
    "modules_of",
    "without_type_variables",
]

HAS_FINAL_PASS: Final = hasattr(Plugin, "get_additional_indirect_deps")
"""Whether this mypy tells plugins when a module has been checked: since 2.4."""

IS_WORKER: Final = "mypy.build_worker.worker" in sys.modules
"""Whether this process is one that another one runs, of `--num-workers`."""

Checker = checker.TypeChecker


@dataclass(frozen=True, slots=True)
class Build:
    """What lasts as long as a run of mypy, or its daemon: its errors, its modules and its plugins."""

    errors: errors.Errors
    modules: dict[str, MypyFile]
    plugin: Plugin

    @classmethod
    def of_type_check(cls, api: CheckerPluginInterface) -> "Build":
        """Return the build that a hook on calls is called in."""
        using = as_checker(api)
        return cls(using.errors, using.modules, using.plugin)

    def note(self, message: str) -> None:
        """Report a note on the file that is at work."""
        self.errors.report(1, 0, message, severity="note")

    def is_reported(self, path: str) -> bool:
        """Tell whether the errors of the file at `path` are shown: not for third parties."""
        return path not in self.errors.ignored_files

    @contextmanager
    def checker_of(self, file: MypyFile) -> Iterator[Checker]:
        """Give the checker of a module that mypy has just checked, to go on with it.

        mypy's own one is out of reach. This one sees the same types: they are in the nodes by now.
        """
        options = self.errors.options
        again = Checker(self.errors, self.modules, options, file, file.path, self.plugin, {})
        self.errors.set_file(file.path, file.fullname, options, again.tscope)
        try:
            with (
                state.state.strict_optional_set(options.strict_optional),
                checker_state.checker_state.set(again),
                again.tscope.module_scope(file.fullname),
                again.enter_partial_types(),
                again.binder.top_frame_context(),
            ):
                yield again
        finally:
            self.errors.set_file(file.path, file.fullname, options)

    def is_at_work_on(self, file: MypyFile) -> bool:
        """Tell whether mypy is at work on `file`, so that its options are known."""
        return self.errors.file == file.path


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of a type in a module that mypy is analysing."""

    _analyzer: semanal.SemanticAnalyzer

    @classmethod
    def of(cls, api: TypeAnalyzerPluginInterface) -> "Scope | None":
        """Return the scope of the type that a hook on types is called for, None while a module is checked."""
        analyzer = cast("typeanal.TypeAnalyser", api).api
        return cls(analyzer) if isinstance(analyzer, semanal.SemanticAnalyzer) else None

    @property
    def build(self) -> Build:
        """The build the module is part of."""
        return Build(self._analyzer.errors, self._analyzer.modules, self._analyzer.plugin)

    @property
    def file(self) -> MypyFile:
        """The module."""
        return self._analyzer.cur_mod_node

    @property
    def options(self) -> Options:
        """The options of the module."""
        return self._analyzer.options

    @property
    def is_checked(self) -> bool:
        """Whether mypy reports errors here: not in functions without annotations, unless asked to."""
        return self._analyzer.in_checked_function()

    def lookup(self, name: str) -> SymbolNode | None:
        """Return what a dotted name stands for here."""
        with self._analyzer.msg.filter_errors():
            symbol = self._analyzer.lookup_qualified(name, Context(), suppress_errors=True)
        return symbol.node if symbol else None

    def bind_call(self, call: ast.Call) -> CallExpr:
        """Return `call` as mypy has expressions, its names bound here.

        mypy drops the metadata of `Annotated` when it parses. Binding also notes the modules the names lead to, so that
        a change there checks this one again.
        """
        analyzer = self._analyzer
        converter = fastparse.ASTConverter(
            analyzer.options, is_stub=False, errors=analyzer.errors, strip_function_bodies=False, path=self.file.path
        )
        expression = cast("CallExpr", converter.visit(call))
        with analyzer.msg.filter_errors():
            expression.accept(analyzer)
        return expression


def as_checker(api: CheckerPluginInterface) -> Checker:
    """Return the checker that a hook is called by."""
    return cast("Checker", api)


def function_at_work(using: Checker) -> FuncDef | None:
    """Return the function that a checker is at work on, None at the top level and in a lambda."""
    function = using.scope.current_function()
    return function if isinstance(function, FuncDef) else None


def has_native_parser(options: Options) -> bool:
    """Tell whether mypy parses with its native parser: its columns differ on lines that are not ASCII."""
    return getattr(options, "native_parser", False)


def is_whole_expression(api: Checker) -> bool:
    """Tell whether the call that a hook is called for is all of a default value, or of what is assigned.

    Its type context is the declared type then, and not that of a parameter of a call round it.
    """
    return len(api.expr_checker.type_context) == 2  # noqa: PLR2004 - the one it begins with, and the declared type


def is_assignable(provided: Type, declared: Type) -> bool:
    """Tell whether a value of type `provided` may stand where `declared` is asked for."""
    return subtypes.is_subtype(provided, declared)


def without_type_variables(typ: Type) -> Type:
    """Return the type with `Any` for each of its type variables."""
    return erasetype.erase_typevars(typ)


def call_method_type(instance: Instance) -> Type | None:
    """Return the type of the `__call__` of an instance."""
    return subtypes.find_member("__call__", instance, instance, is_operator=True)


def inherited_attribute_type(info: TypeInfo, name: str) -> Type | None:
    """Return the type of an attribute of a class, with the types that the class gives the base that declares it."""
    symbol, own = info.get(name), typevars.fill_typevars(info)
    node = symbol.node if symbol else None
    if not isinstance(node, Var) or node.type is None or not isinstance(own, Instance) or node.info not in info.mro:
        return None
    return expandtype.expand_type_by_instance(node.type, maptype.map_instance_to_supertype(own, node.info))


def inherited_signature(info: TypeInfo, base: TypeInfo, method: str) -> CallableType | None:
    """Return the type of a method of a base, bound, and with the types that a class gives the base.

    None of one that is not a plain function, or whose types the class does not give.
    """
    symbol, own = base.names.get(method), typevars.fill_typevars(info)
    node = symbol.node if symbol else None
    function = node.func if isinstance(node, Decorator) else node
    if (
        not isinstance(function, FuncDef)
        or not isinstance(function.type, CallableType)
        or not isinstance(own, Instance)
    ):
        return None
    instance = maptype.map_instance_to_supertype(own, base)
    return expandtype.expand_type_by_instance(typeops.bind_self(function.type, instance), instance)


def module_of(node: Node, modules: dict[str, MypyFile]) -> MypyFile | None:
    """Return the module that a function or class is defined in, None where it is within a function."""
    name = node.fullname if isinstance(node, SymbolNode) else ""
    while name:
        name = name.rpartition(".")[0]
        if name in modules:
            return modules[name]
    return None


def is_in_stub(node: Node, modules: dict[str, MypyFile]) -> bool:
    """Tell whether a function is that of a stub, which holds no body to tell its kind by."""
    module = module_of(node, modules)
    return module is not None and module.is_stub


def formatted(*types: Type, options: Options) -> tuple[str, ...]:
    """Return the types as messages show them, quoted, and so that different ones look different."""
    return messages.format_type_distinctly(*types, options=options)


def modules_of(types: Iterable[Type]) -> set[str]:
    """Return the modules whose classes the types speak of."""
    return indirection.TypeIndirectionVisitor().find_modules(types)
