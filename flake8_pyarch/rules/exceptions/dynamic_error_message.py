"""PYA502."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import assembled_texts, is_custom_exception, raised_class
from flake8_pyarch.source.syntax import last_name
from flake8_pyarch.source.texts import assembly_of

__all__ = ["DynamicErrorMessage"]


class DynamicErrorMessage(Rule):
    """An exception of the project is raised with a text put together on the spot.

    ## Why is this bad?
    Once the book's number is part of a text, nobody gets it out again: no handler can answer with it, no log can be
    searched for it. Every place that raises words it differently, too. Pass the values, and let the class keep them as
    attributes and build its text itself.

    Reported is each argument that is an f-string with a placeholder, or a text made with `%`, `.format()` or `+`. The
    exception must be the project's own: a class of this file, or one imported from a first-party module.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BookNotFoundError(Exception):
        pass


    def find(book_id: int) -> None:
        raise BookNotFoundError(f"There is no book {book_id}")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BookNotFoundError(Exception):
        def __init__(self, book_id: int) -> None:
            self.book_id = book_id
            super().__init__(f"There is no book {book_id}")


    def find(book_id: int) -> None:
        raise BookNotFoundError(book_id)
    ```

    ## Known problems
    A handler that wraps what it caught, `raise StoreError(f"Cannot save: {error}") from error`, is left alone as long
    as the caught exception is all that its text repeats. A text that was put into a variable first is not followed.

    `EM102` of Ruff reports f-strings as first positional argument, of any exception and also without a placeholder.
    `TRY003` reports them if they hold a blank. Neither sees other arguments, `%` or `+`. `EM103` reports `.format()` of
    a literal as first argument.
    """

    code = "PYA502"
    message = "the text of '{name}' is put together with {assembly}: pass the values and let the class build its text"
    twins = ("EM102", "EM103", "TRY003")

    def visit_Raise(self, node: ast.Raise, module: Module) -> Iterator[Finding]:
        raised = raised_class(node)
        texts = assembled_texts(node, module)
        if not texts or raised is None or not is_custom_exception(raised, module):
            return
        name = last_name(raised)
        for text in texts:
            yield self.finding(text, name=name, assembly=assembly_of(text), twin=_twins(text, node))


def _twins(text: ast.expr, node: ast.Raise) -> tuple[str, ...]:
    arguments = node.exc.args if isinstance(node.exc, ast.Call) else []
    if not arguments or arguments[0] is not text:
        return ()
    match text:
        case ast.JoinedStr(values=values):
            literals = [value.value for value in values if isinstance(value, ast.Constant)]
            has_blank = any(character.isspace() for literal in literals for character in str(literal))
            return ("EM102", "TRY003") if has_blank else ("EM102",)
        case ast.Call(func=ast.Attribute(value=ast.Constant())):
            return ("EM103",)
    return ()
