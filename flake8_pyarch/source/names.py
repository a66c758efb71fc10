"""Names: what a name in a file stands for. `None`, unknown, is an answer, and the common one."""

import ast
import builtins
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.imports import ImportedName
from flake8_pyarch.source.syntax import FUNCTIONS, own_nodes, scope_statements, unpacked

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["COMPREHENSIONS", "Binding", "Names", "Scope", "ScopeNode"]

ScopeNode = (
    ast.Module
    | ast.ClassDef
    | ast.FunctionDef
    | ast.AsyncFunctionDef
    | ast.Lambda
    | ast.ListComp
    | ast.SetComp
    | ast.DictComp
    | ast.GeneratorExp
)
Binding = ImportedName | ast.expr | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.arg | None
"""What binds a name: an import, the assigned expression, a definition, a parameter, or None for anything else."""

_Block = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OPENING = (ast.Module, ast.ClassDef, *FUNCTIONS, ast.Lambda, *COMPREHENSIONS)
_BUILTINS = frozenset(vars(builtins))
_LONG_WAY = 32


class Scope:
    """A scope and the names bound in it, each with everything that binds it."""

    def __init__(self, node: ScopeNode) -> None:
        self.node = node
        self.bindings: dict[str, list[Binding]] = {}

    def bind(self, name: str, binding: Binding) -> None:
        """Note one more binding of `name`."""
        self.bindings.setdefault(name, []).append(binding)


class Names:
    """The scopes of one file, each worked out when it is first asked for."""

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._scopes: dict[ScopeNode, Scope] = {}
        self._scopes_by_node: dict[ast.AST, tuple[ScopeNode, ...]] = {}
        self._origins: dict[tuple[Scope, str], str | None] = {}
        self._imports: dict[ast.AST, ImportedName] = {entry.node: entry for entry in module.static_imports}
        self._walrus: dict[ScopeNode, list[ast.NamedExpr]] | None = None

    def scope(self, node: ScopeNode) -> Scope:
        """Return the scope that `node` opens."""
        scope = self._scopes.get(node)
        if scope is None:
            scope = self._scopes[node] = Scope(node)
            self._fill(scope)
        return scope

    def enclosing(self, node: ast.AST) -> Iterator[ScopeNode]:
        """Yield the scopes that a name at `node` is looked up in, innermost first.

        Decorators, defaults, annotations and bases belong to the scope round their function or class. A class body is
        seen from itself alone, not from its methods.
        """
        inside_function = False
        for scope in self._scopes_round(node):
            if isinstance(scope, ast.ClassDef):
                if not inside_function:
                    yield scope
            else:
                inside_function = inside_function or isinstance(scope, (*FUNCTIONS, ast.Lambda))
                yield scope

    def _scopes_round(self, node: ast.AST) -> tuple[ScopeNode, ...]:
        """Return the scopes that `node` stands in, innermost first, those that it does not see included.

        They are kept for statements, and for every node on a long way up to one: a chain of thousands of calls must
        not be climbed for each of them.
        """
        known = self._scopes_by_node
        scopes: list[ScopeNode] = []
        passed: list[tuple[ast.AST, int]] = []
        outer: tuple[ScopeNode, ...] = ()
        in_first_iterable = False
        for child, parent in self._module.ancestry(node):
            if not in_first_iterable:
                found = known.get(child)
                if found is not None:
                    outer = found
                    break
                passed.append((child, len(scopes)))
            if isinstance(parent, ast.comprehension):
                in_first_iterable = child is parent.iter
                continue
            if isinstance(parent, _OPENING) and _is_seen_from(parent, child, in_first_iterable=in_first_iterable):
                scopes.append(parent)
            in_first_iterable = False
        # What a quoted annotation says is no part of the tree: its names are the module's.
        whole = (*scopes, *outer) or (self._module.tree,)
        is_long = len(passed) > _LONG_WAY
        for passed_node, depth in passed:
            if is_long or isinstance(passed_node, ast.stmt):
                known[passed_node] = whole[depth:]
        return whole

    def lookup(self, name: ast.Name) -> tuple[Scope, list[Binding]] | None:
        """Return the scope that binds `name` as seen from where it stands, and its bindings there."""
        for node in self.enclosing(name):
            scope = self._scopes.get(node) or self.scope(node)
            bindings = scope.bindings.get(name.id)
            if bindings is not None:
                return scope, bindings
        return None

    def bindings(self, name: ast.Name) -> list[Binding]:
        """Return everything that binds `name` as seen from where it stands; nothing for a builtin or unknown name."""
        found = self.lookup(name)
        return found[1] if found else []

    def resolve(self, node: ast.expr) -> str | None:
        """Return the qualified name that a name or an attribute chain stands for, or None where it is unknown.

        An import gives the imported thing's name, a definition in this file the module's name and its own, a builtin
        `builtins.<name>`. Assignments of names to names are followed. Where several bindings disagree, it is unknown.
        """
        attributes: list[str] = []
        while isinstance(node, ast.Attribute):
            attributes.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        origin = self._resolve_name(node)
        return None if origin is None else ".".join([origin, *reversed(attributes)])

    def _resolve_name(self, name: ast.Name) -> str | None:
        found = self.lookup(name)
        if found is None:
            return f"builtins.{name.id}" if name.id in _BUILTINS else None
        return self._origin(found[0], name.id)

    def _origin(self, scope: Scope, name: str) -> str | None:
        """Return the qualified name that all bindings of a name in its scope agree on, None where there is none."""
        wanted = (scope, name)
        pending = [] if wanted in self._origins else [wanted]
        opened = set()
        while pending:
            place = pending[-1]
            if place in self._origins and place not in opened:
                pending.pop()
                continue
            # What leads back to itself is unknown.
            self._origins[place] = None
            bindings = place[0].bindings[place[1]]
            leads = {id(binding): self._lead(binding) for binding in bindings}
            unknown = [lead for lead, _ in filter(None, leads.values()) if lead not in self._origins]
            if unknown and place not in opened:
                opened.add(place)
                pending += unknown
                continue
            opened.discard(place)
            pending.pop()
            origins = {
                self._origin_of_binding(binding, leads[id(binding)])
                for binding in bindings
                if not (isinstance(binding, ast.Constant) and binding.value is None)
            }
            self._origins[place] = origins.pop() if len(origins) == 1 else None
        return self._origins[wanted]

    def _lead(self, binding: Binding) -> tuple[tuple[Scope, str], list[str]] | None:
        """Return the name, by its scope, that a binding is a chain of attributes on, and these; None for others."""
        attributes: list[str] = []
        node = binding
        while isinstance(node, ast.Attribute):
            attributes.append(node.attr)
            node = node.value
        found = self.lookup(node) if isinstance(node, ast.Name) else None
        return ((found[0], node.id), attributes[::-1]) if found and isinstance(node, ast.Name) else None

    def _origin_of_binding(self, binding: Binding, lead: tuple[tuple[Scope, str], list[str]] | None) -> str | None:
        if lead is not None:
            place, attributes = lead
            origin = self._origins[place]
            return None if origin is None else ".".join([origin, *attributes])
        match binding:
            case ImportedName():
                return binding.bound_name
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return self.qualified_name(binding)
            case ast.Name() | ast.Attribute():
                return self.resolve(binding)
        return None

    def qualified_name(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> str:
        """Return the dotted name of a definition of this file, from its module on."""
        parts = [node.name]
        for _, parent in self._module.ancestry(node):
            if isinstance(parent, (*FUNCTIONS, ast.ClassDef)):
                parts.append(parent.name)
        return ".".join([self._module.name, *reversed(parts)])

    def _fill(self, scope: Scope) -> None:
        node = scope.node
        if isinstance(node, COMPREHENSIONS):
            for target in _stored_names([generator.target for generator in node.generators]):
                scope.bind(target, None)
            return
        if isinstance(node, (*FUNCTIONS, ast.Lambda)):
            for argument in _parameters(node.args):
                scope.bind(argument.arg, argument)
        for walrus in self._walruses().get(node, ()):
            scope.bind(walrus.target.id, walrus.value)
        if not isinstance(node, ast.Lambda):
            self._fill_from_body(scope, node)

    def _fill_from_body(self, scope: Scope, node: _Block) -> None:
        for parameter in getattr(node, "type_params", ()):
            scope.bind(parameter.name, None)
        statements = list(scope_statements(node.body))
        for statement in statements:
            for name, binding in self._bound_by(statement):
                scope.bind(name, binding)
        if isinstance(node, ast.Module):
            for declaration in self._module.syntax.of(ast.Global):
                for name in declaration.names:
                    scope.bind(name, None)
        else:
            for statement in statements:
                if isinstance(statement, (ast.Global, ast.Nonlocal)):
                    for name in statement.names:
                        scope.bindings.pop(name, None)

    def _bound_by(self, statement: ast.stmt | ast.ExceptHandler) -> Iterator[tuple[str, Binding]]:
        """Yield the names that a statement binds, and to what."""
        match statement:
            case ast.Import() | ast.ImportFrom():
                entries = (self._imports[alias] for alias in statement.names)
                yield from ((entry.bound, entry) for entry in entries if entry.bound is not None)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield statement.name, statement
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _stored(target, value)
            case ast.AnnAssign(target=ast.Name() as name, value=ast.expr() as value):
                yield name.id, value
            case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
                yield from _stored(target, None)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for item in items:
                    if item.optional_vars is not None:
                        yield from _stored(item.optional_vars, None)
            case ast.ExceptHandler(name=str() as name):
                yield name, None
            case ast.Match(cases=cases):
                yield from ((name, None) for case in cases for name in _captured_names(case.pattern))
            case ast.Delete(targets=targets):
                yield from ((name, None) for name in _stored_names(targets))
            case _ if statement.__class__.__name__ == "TypeAlias":
                yield statement.name.id, None  # type: ignore[union-attr]  # `ast.TypeAlias` came in Python 3.12

    def _walruses(self) -> dict[ScopeNode, list[ast.NamedExpr]]:
        if self._walrus is None:
            self._walrus = {}
            for walrus in self._module.syntax.of(ast.NamedExpr):
                holder = next(n for n in self.enclosing(walrus) if not isinstance(n, COMPREHENSIONS))
                self._walrus.setdefault(holder, []).append(walrus)
        return self._walrus


def _is_seen_from(scope: ScopeNode, child: ast.AST, *, in_first_iterable: bool) -> bool:
    """Tell whether what stands in a scope's `child` stands in the scope too, and not round it."""
    match scope:
        case ast.Module():
            return True
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return isinstance(child, ast.stmt)
        case ast.Lambda(body=body):
            return child is body
        case _:
            return child is not scope.generators[0] or not in_first_iterable


def _stored(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names in an assignment's target, each with the expression it gets, or None."""
    return ((place.id, its_value) for place, its_value in unpacked(target, value) if isinstance(place, ast.Name))


def _parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (variadic for variadic in (arguments.vararg, arguments.kwarg) if variadic is not None)


def _stored_names(targets: Iterable[ast.expr]) -> Iterator[str]:
    return (node.id for node in own_nodes(targets) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load))


def _captured_names(pattern: ast.pattern) -> Iterator[str]:
    for node in own_nodes([pattern]):
        match node:
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                yield name
            case ast.MatchMapping(rest=str() as rest):
                yield rest
