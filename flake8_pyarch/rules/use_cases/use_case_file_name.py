"""PYA303."""

import re
from collections.abc import Iterator
from itertools import islice

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.naming import snake_case
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UseCaseFileName"]

_KEPT = ("", "_use_case", "_usecase", "_interactor")
_BORDERS = lazy_pattern(r"(?P<word>(?<=[a-z])(?=[A-Z])|(?<=[0-9])(?=[A-Z]))|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\D)(?=\d)")


class UseCaseFileName(Rule):
    """A module that holds one use case is named otherwise than the use case.

    ## Why is this bad?
    The files of a use-case package are its table of contents. When `borrow_book.py` holds `BorrowBookUseCase`, everyone
    finds the one from the other, in the file tree, in a traceback and in a code review. When it holds
    `ReturnBookUseCase`, because it was copied and the file forgotten, everyone is misled.

    The module may keep what the class name's suffix says: `borrow_book_use_case.py`, `borrow_book_usecase.py`,
    `borrow_book_interactor.py`. A package's `__init__.py` and a module with several use cases are left alone.

    ## Example
    ```python path=shop/usecases/lending.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Options
    - `use-case-suffixes`, `extend-use-case-suffixes`: the endings that are left out

    ## Known problems
    Where digits or abbreviations meet another word, the underscore may be there or not: `o_auth2_login.py`,
    `oauth_2_login.py` and `oauth2_login.py` are all right for `OAuth2LoginUseCase`.
    """

    code = "PYA303"
    message = "use case '{name}' stands in module '{stem}': name the module '{expected}'"

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        if module.stem == "__init__" or not use_case.bare_name:
            return
        proper = islice((each for each in module.use_cases if not each.is_base_or_helper), 2)
        if [*proper] == [use_case] and not _is_named_after(use_case, module):
            expected = snake_case(use_case.bare_name)
            span = module.name_span(use_case.node)
            yield self.finding(span, name=use_case.name, stem=module.stem, expected=expected)


def _is_named_after(use_case: UseCaseModel, module: Module) -> bool:
    name = _BORDERS().sub(lambda border: "_" if border["word"] is not None else "_?", use_case.bare_name).lower()
    endings = "|".join((*_KEPT, f"_{snake_case(use_case.suffix)}"))
    return re.fullmatch(f"_*{name}(?:{endings})", module.stem) is not None
