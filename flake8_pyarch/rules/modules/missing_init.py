"""PYA201."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.packages import is_first_of_directory, unmade_package

__all__ = ["MissingInit"]

_SCRIPT_TAG = "# /// script"


class MissingInit(Rule):
    """A directory inside a package, or of a layer, has no `__init__.py`.

    ## Why is this bad?
    A directory without an `__init__.py` is a namespace package by accident. Test runners, type checkers and build
    tools treat it differently from its neighbours: they skip it, give its modules other names, or leave it out of the
    wheel. And it has no place to say what its public API is, so everybody imports from deep inside.

    A directory is reported once, at the top of the first of its files. Files directly at a source root are scripts,
    and the directories above the first package are its namespace: neither needs an `__init__.py`.

    ## Example
    ```python path=shop/reporting/sales.py
    def total() -> int:
        return 0
    ```

    ## Use instead
    ```python path=shop/reporting/__init__.py
    from shop.reporting.sales import total

    __all__ = ["total"]
    ```
    ```python path=shop/reporting/sales.py
    def total() -> int:
        return 0
    ```

    ## Options
    - `src`: the source roots, above which nothing counts
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie

    ## Known problems
    A directory whose name is no identifier cannot be a package, and is left alone.

    Ruff's INP001 reports every file of such a directory, and also directories with no package above them. It does not
    see files that begin with a shebang or are scripts with inline metadata; such a file, when it is the first of its
    directory, is reported here.
    """

    code = "PYA201"
    message = "directory '{directory}' is no package: add an '__init__.py' that exposes its public API"
    twins = ("INP001",)

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        directory = unmade_package(module)
        if directory is not None and is_first_of_directory(module):
            yield self.finding((1, 0, 0), twin=None if _is_script(module) else "INP001", directory=directory.name)


def _is_script(module: Module) -> bool:
    return module.lines[:1] != [] and (
        module.lines[0].startswith("#!") or any(line.rstrip() == _SCRIPT_TAG for line in module.lines)
    )
