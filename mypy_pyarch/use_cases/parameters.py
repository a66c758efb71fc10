"""Parameters that are use cases: which of them a function gets fresh, and what is known of them when it begins."""

import ast
from collections.abc import Iterator

from mypy.nodes import Argument, CallExpr, Decorator, FuncDef, MemberExpr, MypyFile, RefExpr, SymbolNode, TypeAlias, Var

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import parameters_of
from mypy_pyarch.depends.calls import DependsFunctions, provider_argument
from mypy_pyarch.internals import Checker, module_of
from mypy_pyarch.names import definition_of
from mypy_pyarch.sources import Sources, metadata_of
from mypy_pyarch.use_cases.children import descendants
from mypy_pyarch.use_cases.models import UseCase, UseCases, use_case_of_type
from mypy_pyarch.use_cases.states import State

__all__ = ["ParameterStates"]


class ParameterStates:
    """Knows the parameters of the functions of one module.

    Followed are those that FastAPI injects, and those that the function itself calls a setter of. Others may have been
    through any number of hands.

    Arguments:
        checker: the checker of the module.
        sources: the files of the run.
        functions: what declares that something is injected.
        use_cases: the use-case classes.

    """

    def __init__(self, checker: Checker, sources: Sources, functions: DependsFunctions, use_cases: UseCases) -> None:
        self._file = checker.tree
        self._modules = checker.modules
        self._sources = sources
        self._functions = functions
        self._use_cases = use_cases
        self.modules: set[str] = set()
        """The modules that this hangs on."""

    def of(self, function: FuncDef) -> dict[Var, State]:
        """Return what is known of the parameters of a function when it begins, of those that are followed."""
        found: dict[Var, State] = {}
        for argument in function.arguments:
            use_case = use_case_of_type(argument.variable.type, self._use_cases)
            if use_case is None or argument.variable.is_self or argument.kind.is_star():
                continue
            injection = self._injection(function, argument)
            if injection is not None:
                state = self._provided(use_case, injection[0])
            else:
                is_own = not function.name.startswith("test") and argument.variable in _set_on(function)
                state = State(use_case) if is_own else None
            if state is not None:
                found[argument.variable] = state
        return found

    def _injection(self, function: FuncDef, argument: Argument) -> tuple[SymbolNode | None] | None:
        """Return the provider that a parameter is injected from, as far as it is known, None where nothing is."""
        default = argument.initializer
        if default is not None and self._functions.are_called_by(default):
            provider = provider_argument(default)
            return (provider.node if isinstance(provider, RefExpr) else None,)
        written = self._sources.of(self._file.path).function_at(function.line)
        for parameter, _ in parameters_of(written.args) if written is not None else ():
            if parameter.arg == argument.variable.name and parameter.annotation is not None:
                return self._annotated(parameter.annotation, self._file)
        return None

    def _annotated(self, annotation: ast.expr, file: MypyFile) -> tuple[SymbolNode | None] | None:
        for entry in reversed(metadata_of(annotation)):
            if isinstance(entry, ast.Call) and self._functions.include(self._definition(entry.func, file)):
                named = [keyword.value for keyword in entry.keywords if keyword.arg == "dependency"]
                argument = next(iter([*entry.args, *named]), None)
                return (self._definition(argument, file) if argument is not None else None,)
        alias = self._definition(annotation, file)
        if not isinstance(alias, TypeAlias):
            return None
        name, module = alias.fullname.rpartition(".")[2], module_of(alias, self._modules)
        if module is None:
            return None
        self.modules.add(module.fullname)
        values = [value for bound, value in _assigned(self._sources.of(module.path).body) if bound == name]
        return self._annotated(values[0], module) if len(values) == 1 else None

    def _definition(self, expression: ast.expr, file: MypyFile) -> SymbolNode | None:
        return definition_of(expression, file, self._modules)

    def _provided(self, use_case: UseCase, provider: SymbolNode | None) -> State | None:
        """Return what is known of an object that comes from a provider, None where that has executed it."""
        state = State(use_case)
        function = provider.func if isinstance(provider, Decorator) else provider
        module = module_of(function, self._modules) if isinstance(function, FuncDef) else None
        if function is None or module is None:
            return state
        self.modules.add(module.fullname)
        name = function.fullname.removeprefix(f"{module.fullname}.")
        for written in self._sources.of(module.path).functions.get(name, ()):
            called = _methods_called(written)
            if self._use_cases.method in called or _takes(use_case, written):
                return None
            for setter in called & use_case.setters.keys():
                state = state.having_set(use_case.setters[setter])
        return state


def _set_on(function: FuncDef) -> set[object]:
    """Return what a function calls a setter of."""
    found: set[object] = set()
    for node in descendants(function.body):
        owner = node
        while (
            isinstance(owner, CallExpr)
            and isinstance(owner.callee, MemberExpr)
            and owner.callee.name.startswith("set_")
        ):
            owner = owner.callee.expr
        if owner is not node and isinstance(owner, RefExpr):
            found.add(owner.node)
    return found


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case _ if type(statement).__name__ == "TypeAlias":
                yield statement.name.id, statement.value  # type: ignore[attr-defined]  # came in Python 3.12


def _methods_called(function: Function) -> set[str]:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {callee.attr for callee in called if isinstance(callee, ast.Attribute)}


def _takes(use_case: UseCase, function: Function) -> bool:
    """Tell whether a function is given an object of the class itself, by its annotations."""
    annotations = (parameter.annotation for parameter, _ in parameters_of(function.args))
    return any(annotation is not None and use_case.name in ast.unparse(annotation) for annotation in annotations)
