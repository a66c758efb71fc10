"""PYA320."""

import os
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import USE_CASE_DIRECTORIES, UseCaseModel

__all__ = ["UseCaseOutsideActorPackage"]

_NO_ACTORS = frozenset(
    "abstractions base common commands core dto dtos errors events exceptions helpers interfaces mappers models ports "
    "protocols queries repositories schemas services shared types utils validators value_objects".split()
)


class UseCaseOutsideActorPackage(Rule):
    """A use case stands directly in the use-case package although the others are grouped by who acts.

    ## Why is this bad?
    `usecases/borrowers/` and `usecases/librarians/` say who may do what before a single file is opened. A use case
    beside these packages belongs to nobody: whoever looks through the actor's package does not find it, and the next
    one is put beside it, until the grouping means nothing.

    ## Example
    ```python path=shop/usecases/librarians/add_book.py
    ```
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/librarians/add_book.py
    ```
    ```python path=shop/usecases/borrowers/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Known problems
    Every package beside the use case counts as an actor's, except those with a name such as `common`, `ports` or
    `exceptions`.
    """

    code = "PYA320"
    message = "use case '{name}' stands beside the packages of actors, such as '{sibling}': move it into its actor's"
    on_by_default = False

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        directory = os.path.dirname(module.path)
        if os.path.basename(directory) not in USE_CASE_DIRECTORIES or module.stem == "__init__":
            return
        first = next((each for each in module.use_cases if not each.is_base_or_helper), None)
        sibling = next(_actor_packages(directory, module), None)
        if use_case is first and sibling is not None:
            yield self.finding(module.name_span(use_case.node), name=use_case.name, sibling=sibling)


def _actor_packages(directory: str, module: Module) -> Iterator[str]:
    tree = module.source_tree
    for name in sorted(tree.listing(directory).packages):
        is_actor = name.isidentifier() and not name.startswith("_") and name not in _NO_ACTORS
        if is_actor and tree.holds_python(os.path.join(directory, name)):
            yield name
