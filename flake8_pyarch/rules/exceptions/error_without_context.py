"""PYA503."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import (
    assembled_texts,
    forgets_its_arguments,
    has_no_attributes,
    is_exception_class,
)

__all__ = ["ErrorWithoutContext"]


class ErrorWithoutContext(Rule):
    """An exception class keeps nothing of what it is told.

    ## Why is this bad?
    An exception travels from where something went wrong to where somebody can act on it. If all it carries is a text,
    the handler cannot answer with the book's number, and the log cannot list it under a key of its own. Attributes keep
    the values what they are.

    Reported is a class whose own `__init__` takes arguments and stores none of them on `self`; and a class that has
    neither an `__init__` nor annotations, its bases in this file included, and that this file raises with a text put
    together on the spot.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BookNotFoundError(Exception):
        def __init__(self, book_id: int) -> None:
            super().__init__(f"There is no book {book_id}")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BookNotFoundError(Exception):
        def __init__(self, book_id: int) -> None:
            self.book_id = book_id
            super().__init__(f"There is no book {book_id}")
    ```

    ## Known problems
    What an `__init__` hands to a base that stands in another file counts as kept, for that base may store it. So does
    everything where a method of the class reads `self.args`. Class-level annotations, and a class-level `message` along
    with other attributes, count as context as well.
    """

    code = "PYA503"
    message = "exception '{name}' {problem}: keep the values as attributes"

    def visit_Module(self, _: ast.Module, module: Module) -> Iterator[Finding]:
        raised_with_text = {
            model.node
            for node in module.syntax.of(ast.Raise)
            if isinstance(node.exc, ast.Call)
            and assembled_texts(node, module)
            and (model := module.class_named(node.exc.func)) is not None
        }
        for model in module.classes:
            if not is_exception_class(model):
                continue
            if forgets_its_arguments(model):
                problem = "stores none of its arguments"
            elif model.node in raised_with_text and has_no_attributes(model):
                problem = "is raised with a text put together on the spot and has no attributes"
            else:
                continue
            yield self.finding(module.name_span(model.node), name=model.name, problem=problem)
