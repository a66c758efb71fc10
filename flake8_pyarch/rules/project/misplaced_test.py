"""PYA817."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module

__all__ = ["MisplacedTest"]


class MisplacedTest(Rule):
    """A test stands directly in `tests/`.

    ## Why is this bad?
    Unit tests are run after every change, integration tests before a merge. If both lie in one heap, nobody can run the
    fast ones alone, and soon nobody runs any. `tests/units/` and `tests/integrations/` keep them apart.

    The rule is off because other projects tell them apart by markers.

    ## Example
    ```python path=tests/test_book.py
    def test_title() -> None:
        assert "Emma".istitle()
    ```

    ## Use instead
    ```python path=tests/units/domain/test_book.py
    def test_title() -> None:
        assert "Emma".istitle()
    ```

    ## Known problems
    Only files that pytest takes for tests by their names, `test_*.py` and `*_test.py`, are looked at.
    """

    code = "PYA817"
    message = "test '{name}' stands directly in 'tests': move it to 'tests/units' or 'tests/integrations'"
    on_by_default = False
    in_tests = True

    def visit_Module(self, _node: ast.Module, module: Module) -> Iterator[Finding]:
        is_test = module.stem.startswith("test_") or module.stem.endswith("_test")
        if is_test and module.path_parts[-2:-1] == ("tests",):
            yield self.finding((1, 0, 0), name=module.stem)
