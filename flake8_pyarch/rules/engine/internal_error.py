"""PYA000."""

from flake8_pyarch.checking import Rule

__all__ = ["InternalError"]


class InternalError(Rule):
    """A rule crashed on this file; the other rules still report.

    ## Why is this bad?
    The file was not checked by that rule. It is our bug, not yours: please report it, with the file if you can. The
    message names the rule and the kind of error, never text of your file.

    No prefix turns this report off, lest a crash passes for a clean file. To go on until the bug is mended, ignore the
    crashed rule in that file, or `PYA000` by its full name.

    ## Example
    ```text
    shop/usecases/borrow_book.py:14:9: PYA000 rule PYA601 (dynamic-log-message) failed with KeyError: please report …
    ```

    ## Use instead
    ```toml
    [tool.pyarch.per-file-ignores]
    "shop/usecases/borrow_book.py" = ["PYA601"]
    ```
    """

    code = "PYA000"
    message = "rule {code} ({name}) failed with {error}: please report this as a bug"
