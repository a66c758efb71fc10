"""PYA002."""

from flake8_pyarch.checking import Rule

__all__ = ["UnusedNoqa"]


class UnusedNoqa(Rule):
    """A code of ours in a `noqa` comment silences nothing.

    ## Why is this bad?
    The comment tells readers of a problem that is not there, and it would hide the next one.

    Only codes of ours are judged, and only those whose rules ran on the file. A bare `# noqa` is left alone.

    ## Example
    ```text
    shop/usecases/borrow_book.py:14:33: PYA002 [*] noqa of PYA601 silences nothing here: remove it
    ```

    ## Use instead
    ```sh
    pyarch check --fix
    ```

    ## Known problems
    A code of a rule about the whole project, such as PYA111, is reported without a fix: a fix is judged by its file
    alone.

    ## Fix safety
    Always safe: a comment is removed, or the unused codes in it.
    """

    code = "PYA002"
    message = "noqa of {names} silences nothing here: remove it"
    in_flake8 = False
    is_fixable = True
