"""PYA001."""

from flake8_pyarch.checking import Rule

__all__ = ["SyntaxError"]


class SyntaxError(Rule):  # noqa: A001 - the rule's name makes the class's
    """The file cannot be decoded or parsed.

    ## Why is this bad?
    A file that is not Python, as the Python that runs the check reads it, was not checked at all. It may be broken, be
    a template that only looks like Python, or use syntax that is newer than the running Python.

    Flake8 reports the same as `E999`; select that too, or a broken file passes for a clean one.

    ## Example
    ```text
    shop/usecases/borrow_book.py:14:9: PYA001 the file cannot be parsed: '(' was never closed
    ```

    ## Use instead
    ```toml
    [tool.pyarch]
    extend-exclude = ["templates/"]
    ```
    """

    code = "PYA001"
    message = "the file cannot be parsed: {problem}"
    in_flake8 = False
