"""PYA506."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.answers import answer_content
from flake8_pyarch.source.exceptions.classes import exception_calls
from flake8_pyarch.source.flow import value_before
from flake8_pyarch.source.secrets.sensitive import leaks
from flake8_pyarch.source.texts import assembly_of

__all__ = ["SensitiveErrorMessage"]


class SensitiveErrorMessage(Rule):
    """A secret becomes part of an exception's message or of an HTTP error's `detail`.

    ## Why is this bad?
    An error message goes everywhere: into the log, into the error tracker, into the answer to the client, into a
    screenshot in a ticket. A password or a token in it has to be changed, and often nobody notices. Say what is wrong
    with the value, not what it is.

    A name tells what it holds, as in PYA603: `access_token` is sensitive, `token_count` is not. Reported are sensitive
    names in texts that are put together for an exception, also inside its class and in a variable that is passed on,
    and everything sensitive in the `detail` of an `HTTPException`.

    ## Example
    ```python path=shop/usecases/sign_in.py
    def check(token: str) -> None:
        if not token.isalnum():
            raise ValueError(f"Malformed token {token}")
    ```

    ## Use instead
    ```python path=shop/usecases/sign_in.py
    def check(token: str) -> None:
        if not token.isalnum():
            raise ValueError(f"Malformed token of {len(token)} characters")
    ```

    ## Options
    - `sensitive-names`, `extend-sensitive-names`: words that make a name sensitive
    - `harmless-words`, `extend-harmless-words`: words that make it harmless again

    ## Known problems
    The rule judges names, not values: a parser's `token` is no secret. Members of an enumeration, constants of a
    class with a harmless name (`ErrorCode.BAD_CREDENTIALS`) and constants that hold a plain word
    (`TOKEN_HEADER = "X-Token"`) are left alone. Say `extend-harmless-words` what yours is called, or name it more
    exactly.
    """

    code = "PYA506"
    message = "sensitive value '{name}' becomes part of an error message: leave it out or mask it"

    def visit_Module(self, _: ast.Module, module: Module) -> Iterator[Finding]:
        for call in exception_calls(module):
            yield from self._check(call, module)

    def _check(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        answer = answer_content(call, module)
        detail = answer.texts if answer is not None else ()
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            if argument in detail:
                continue
            if isinstance(argument, ast.Name):
                yield from self._passed_on(argument, module)
            elif assembly_of(argument) is not None:
                yield from self._shown(argument, module)
        for text in detail:
            yield from self._shown(text, module)

    def _shown(self, text: ast.expr, module: Module) -> Iterator[Finding]:
        for leak in leaks(text, module):
            yield self.finding(leak.node, name=leak.name)

    def _passed_on(self, name: ast.Name, module: Module) -> Iterator[Finding]:
        """Report a variable that holds such a text; once, however much of it is sensitive."""
        text = value_before(name, module)
        if text is None or assembly_of(text) is None:
            return
        for leak in leaks(text, module):
            yield self.finding(name, name=leak.name)
            return
