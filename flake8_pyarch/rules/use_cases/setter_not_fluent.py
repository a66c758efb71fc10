"""PYA308."""

import ast
from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.annotations import unquoted
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.callables import is_generator
from flake8_pyarch.source.paths import Exit, exits_of
from flake8_pyarch.source.syntax import FUNCTIONS, without_subscript
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["SetterNotFluent"]

_SELF = frozenset({"typing.Self", "typing_extensions.Self"})


class SetterNotFluent(Rule):
    """A setter of a use case does not return the use case.

    ## Why is this bad?
    Setters that return `self` are chained: `use_case.set_book_id(book_id).set_borrower_id(borrower_id).execute()`. One
    that returns nothing breaks the chain, with an error about `NoneType` at the next call; one that returns `self` on
    some paths only does so on some days. The annotation matters as much: after `-> None` or `-> object` neither a type
    checker nor an editor knows what may follow.

    Every path has to return `self`, but one that raises. The annotation, if there is one, is `Self`, the class's own
    name, quoted or not, or a type variable that `self` is annotated with.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None

        def set_book_id(self, book_id: str) -> None:
            self._book_id = book_id

        def execute(self) -> None:
            print(self._book_id or "")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None

        def set_book_id(self, book_id: str) -> "BorrowBookUseCase":
            self._book_id = book_id
            return self

        def execute(self) -> None:
            print(self._book_id or "")
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so

    ## Known problems
    What a method of a base in another file returns is not known, so `return super().set_book_id(book_id)` is taken for
    `self` there. Under a decorator of the project only the annotation is looked at.

    ## Fix safety
    The fix is safe: it adds `return self` where the method ends without it, turns `return` and `return None` into
    `return self`, and corrects the annotation, to `Self` where the module imports that, to the quoted class name
    elsewhere. A `return` of something else may be meant, so there is no fix then; nor where a comment would be lost, or
    where the name `self` is given to something else.
    """

    code = "PYA308"
    message = "setter '{setter}' of use case '{name}' {problem}: let every path return self, and annotate it so"
    is_fixable = True

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        for setter in use_case.setters:
            strays = _strays(setter, use_case, module)
            is_misannotated = setter.returns is not None and not _is_fluent(setter.returns, setter, use_case)
            if strays or is_generator(setter):
                problem = "does not return self on every path"
            elif is_misannotated:
                problem = "is annotated to return something other than self"
            else:
                continue
            yield self.finding(
                module.name_span(setter),
                setter=setter.name,
                name=use_case.name,
                problem=problem,
                fix=_fix(setter, strays, module, corrects_annotation=is_misannotated),
            )


def _strays(setter: Function, use_case: UseCaseModel, module: Module) -> list[Exit]:
    """Return the ways out of a setter that do not return the object."""
    exits = exits_of(setter, use_case.model, module)
    return [left for left in exits if not (left.value.is_object or left.value.may_be_object)]


def _is_fluent(annotation: ast.expr, setter: Function, use_case: UseCaseModel) -> bool:
    receiver = _receiver(setter)
    match _bare(annotation):
        case ast.Name(id=name) | ast.Attribute(attr=name):
            of_receiver = _bare(receiver.annotation) if receiver is not None and receiver.annotation else None
            is_variable = isinstance(of_receiver, ast.Name) and of_receiver.id == name
            return is_variable or name in {"Self", use_case.name}
    return False


def _receiver(setter: Function) -> ast.arg | None:
    return next(iter((*setter.args.posonlyargs, *setter.args.args)), None)


def _bare(annotation: ast.expr) -> ast.expr:
    """Return an annotation without quotes and type arguments."""
    return without_subscript(unquoted(annotation))


def _fix(setter: Function, strays: Sequence[Exit], module: Module, *, corrects_annotation: bool) -> Fix | None:
    """Return the fix of a setter, None where it is not certain what was meant."""
    edits: list[Edit] = []
    receiver = _receiver(setter)
    if receiver is None or is_generator(setter) or len(module.names.scope(setter).bindings[receiver.arg]) > 1:
        return None
    for statement in dict.fromkeys(left.statement for left in strays):
        wanted = f"return {receiver.arg}"
        edit = _put_at_end(setter, wanted, module) if statement is None else _put_instead(statement, wanted)
        if edit is None:
            return None
        edits.append(edit)
    if corrects_annotation and setter.returns is not None:
        if setter.returns.lineno != setter.returns.end_lineno:
            return None
        own_type = _own_type(setter, module, says_self=receiver.annotation is None)
        edits.append(_replacing(setter.returns, own_type))
    return Fix("Return self", tuple(sorted(edits, key=lambda edit: (edit.line, edit.column))), is_safe=True)


def _put_instead(statement: ast.Return, wanted: str) -> Edit | None:
    is_empty = statement.value is None or (isinstance(statement.value, ast.Constant) and statement.value.value is None)
    return _replacing(statement, wanted) if is_empty and statement.lineno == statement.end_lineno else None


def _put_at_end(setter: Function, wanted: str, module: Module) -> Edit | None:
    """Return the edit that puts a statement after the last one of a method."""
    last = setter.body[-1]
    line, column = last.end_lineno or last.lineno, last.end_col_offset or 0
    text = module.lines[line - 1].encode()
    rest = text[column:].strip()
    if rest and not rest.startswith((b"#", b";")):
        return None
    start = module.lines[setter.body[0].lineno - 1].encode()
    indentation = start[: setter.body[0].col_offset]
    if indentation.strip():
        return Edit(line, column, line, column, f"; {wanted}")
    end = len(text.rstrip(b"\r\n"))
    return Edit(line, end, line, end, f"\n{indentation.decode()}{wanted}")


def _replacing(node: ast.expr | ast.stmt, text: str) -> Edit:
    return Edit(node.lineno, node.col_offset, node.end_lineno or node.lineno, node.end_col_offset or 0, text)


def _own_type(setter: Function, module: Module, *, says_self: bool) -> str:
    """Return `Self` where that is imported when the module runs and fits, otherwise the quoted name of the class."""
    names = module.names.scope(module.tree).bindings.get("Self", [])
    imported = names[0] if len(names) == 1 else None
    is_imported = isinstance(imported, ImportedName) and imported.statement in module.tree.body
    if says_self and is_imported and imported.qualified_name in _SELF:  # type: ignore[union-attr]  # it is imported
        return "Self"
    names_round = []
    for _, parent in module.ancestry(setter):
        if isinstance(parent, FUNCTIONS):
            break
        if isinstance(parent, ast.ClassDef):
            names_round.append(parent.name)
    return f'"{".".join(reversed(names_round))}"'
