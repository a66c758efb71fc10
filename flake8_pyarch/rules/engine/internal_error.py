"""PYA000."""

from flake8_pyarch.checking import Rule

__all__ = ["InternalError"]


class InternalError(Rule):
    """A rule crashed on this file, or the file took too long; what else was found is reported.

    ## Why is this bad?
    The file was not checked by all rules. Where one crashed, it is our bug, not yours: please report it, with the file
    if you can. The message names the rule and the kind of error, never text of your file.

    A file on which the rules have worked for ten seconds, of processor time, is not checked any further, lest one file
    holds up all others. The message names the first of the rules that were left out. Such a file is written by a
    machine, or made to do harm; if a person wrote it, please report that too. The result is not kept in the cache.

    No prefix turns this report off, and no baseline accepts it, lest a file that was not checked passes for a clean
    one. To go on until the bug is mended, ignore the rule in that file, or `PYA000` by its full name.

    ## Example
    ```text
    shop/usecases/borrow_book.py:14:9: PYA000 rule PYA601 (dynamic-log-message) failed with KeyError: please report …
    shop/domain/tables.py:1:1: PYA000 the check took 11 seconds and was ended without PYA601, PYA701: split the file, …
    ```

    ## Use instead
    ```toml
    [tool.pyarch]
    extend-exclude = ["shop/domain/tables.py"]

    [tool.pyarch.per-file-ignores]
    "shop/usecases/borrow_book.py" = ["PYA601"]
    ```
    """

    code = "PYA000"
    message = "rule {code} ({name}) failed with {error}: please report this as a bug"
