"""PYA505."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module, Origin
from flake8_pyarch.source.exceptions.answers import answer_content, shows_exception
from flake8_pyarch.source.exceptions.classes import catches_everything, caught_types
from flake8_pyarch.source.syntax import own_nodes

__all__ = ["LeakedErrorDetail"]


class LeakedErrorDetail(Rule):
    """An answer to the client repeats an exception that was not written for it.

    ## Why is this bad?
    Nobody knows what stands in the text of an arbitrary exception: a connection string, a path, a piece of SQL,
    somebody else's data. Sent as `detail`, it tells an attacker how the service is built, and a user nothing. Log the
    exception, and answer with a text that was written to be read.

    Reported is an `HTTPException` whose `detail`, or a response whose `content`, holds a caught exception: `str(e)`,
    `repr(e)`, `f"{e}"`, `e.args`, `traceback.format_exc()`. It counts when the handler catches everything, or any
    exception of Python or of a library. A first-party exception is written for its readers and may be repeated.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import HTTPException


    def read(path: str) -> str:
        try:
            return open(path).read()
        except OSError as error:
            raise HTTPException(status_code=500, detail=str(error)) from error
    ```

    ## Use instead
    ```python path=shop/api/books.py
    import structlog
    from fastapi import HTTPException

    logger = structlog.stdlib.get_logger()


    def read(path: str) -> str:
        try:
            return open(path).read()
        except OSError as error:
            logger.exception("Book not readable")
            raise HTTPException(status_code=500, detail="The book cannot be read") from error
    ```

    ## Known problems
    Other attributes of an exception (`error.detail`, `error.errors()`) and what a function makes of it
    (`describe(error)`) are taken for written on purpose. An exception type whose origin cannot be told is silent.

    A `ValueError` that the project's own code raised with a text for the client is reported too: give it a class of its
    own.
    """

    code = "PYA505"
    message = "the {argument} of '{answer}' repeats '{caught}': log it, and answer with a text written for the client"
    packages = frozenset({"fastapi", "starlette"})

    def visit_ExceptHandler(self, handler: ast.ExceptHandler, module: Module) -> Iterator[Finding]:
        calls = [node for node in own_nodes(handler.body) if isinstance(node, ast.Call)]
        answers = [answer for call in calls if (answer := answer_content(call, module)) is not None]
        if not answers or not _was_not_written_for_clients(handler, module):
            return
        for answer in answers:
            for text in answer.texts:
                caught = shows_exception(text, handler, module)
                if caught is not None:
                    yield self.finding(text, argument=answer.argument, answer=answer.name, caught=caught)


def _was_not_written_for_clients(handler: ast.ExceptHandler, module: Module) -> bool:
    return catches_everything(handler, module) or any(
        module.origin_of_name(kind) in {Origin.STANDARD_LIBRARY, Origin.THIRD_PARTY}
        for kind in caught_types(handler, module)
    )
