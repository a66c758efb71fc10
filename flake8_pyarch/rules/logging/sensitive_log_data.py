"""PYA603."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Settings
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall, is_bind_call
from flake8_pyarch.source.secrets.sensitive import is_about, is_masked, is_sensitive, leaks
from flake8_pyarch.source.syntax import literal_string

__all__ = ["SensitiveLogData"]

_NO_DATA = frozenset({"exc_info", "stack_info", "stacklevel"})


class SensitiveLogData(Rule):
    """A secret is passed to a log call, to `bind()`, or in `extra={…}`.

    ## Why is this bad?
    Logs are copied to more places, kept longer and read by more people than any database. A password or a token in
    them is public within the company, and a leaked log file is a break-in. Nobody can take it back: the secret has to
    be changed.

    A name tells what it holds. Reported are names, attributes, subscripts with a literal key and placeholders whose
    words contain one of `sensitive-names` and none of `harmless-words`: `access_token` is, `token_count` is not.
    Reported are also keywords of such a name, unless their value is literal, all of `request.headers`,
    `request.cookies` and `os.environ`, the `model_dump()` of settings, and every `get_secret_value()`.

    Masked values are fine: comparisons, slices, whatever the file shows to be a `SecretStr`, and calls with a name
    that speaks of `mask`, `redact`, `hash`, `obfuscate`, `fingerprint`, `len`, `bool` or `type`.

    ## Example
    ```python path=shop/usecases/sign_in.py
    import structlog

    logger = structlog.get_logger()


    def sign_in(user: str, password: str) -> None:
        logger.info("sign-in failed", user=user, password=password)
    ```

    ## Use instead
    ```python path=shop/usecases/sign_in.py
    import structlog

    logger = structlog.get_logger()


    def sign_in(user: str, password: str) -> None:
        logger.info("sign-in failed", user=user, has_password=bool(password))
    ```

    ## Options
    - `sensitive-names`, `extend-sensitive-names`: words that make a name sensitive
    - `harmless-words`, `extend-harmless-words`: words that make it harmless again
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    The rule judges names, not values. A `token` of a parser is none of its business: say `extend-harmless-words` what
    yours is called, or name it more exactly. What hides behind a harmless name is not seen. A keyword that names
    something of the secret, and whose value has that name, is fine: `token_user=token.user`.
    """

    code = "PYA603"
    message = "sensitive value '{name}' goes into the log: leave it out or mask it"

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        yield from self._check(log.call, module)

    def visit_Call(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        if is_bind_call(call, module):
            yield from self._check(call, module)

    def _check(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        for entry in _entries(call, module.settings):
            if _is_sensitive(entry, module):
                yield self.finding(entry.place, name=entry.shown)
            else:
                for leak in leaks(entry.value, module):
                    yield self.finding(leak.node, name=leak.name)


def _is_sensitive(entry: "_Entry", module: Module) -> bool:
    """Tell whether a value is logged under a sensitive key, and is not masked nor merely something about the secret."""
    return (
        is_sensitive(entry.key, module.settings)
        and not is_masked(entry.value, module)
        and not is_about(entry.key, entry.value, module.settings)
    )


class _Entry(NamedTuple):
    """A value that is logged, with the key it is logged under, if any, and how to show that key."""

    place: ast.expr | ast.keyword
    value: ast.expr
    key: str = ""
    shown: str = ""


def _entries(call: ast.Call, settings: Settings) -> Iterator[_Entry]:
    """Yield what a call logs, the entries of dictionaries that are written out one by one."""
    pending = _passed(call)
    while pending:
        entry = pending.pop()
        match entry.value:
            case ast.Dict(keys=keys, values=values) if not is_sensitive(entry.key, settings):
                given = zip(keys, values, strict=True)
                pending += [_Entry(key or value, value, literal_string(key) or "", "{…}") for key, value in given]
            case ast.Call(func=ast.Name(id="dict"), args=[]) if not is_sensitive(entry.key, settings):
                pending += _passed(entry.value)
            case _:
                yield entry


def _passed(call: ast.Call) -> list[_Entry]:
    named = (keyword for keyword in call.keywords if keyword.arg not in _NO_DATA)
    return [
        *(_Entry(argument, argument) for argument in call.args),
        *(_Entry(keyword, keyword.value, keyword.arg or "", keyword.arg or "") for keyword in named),
    ]
