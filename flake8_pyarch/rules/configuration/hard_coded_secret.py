"""PYA703."""

import ast
import re
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.configuration.settings_classes import is_pydantic_class
from flake8_pyarch.source.secrets.bound_texts import BoundBy, BoundText
from flake8_pyarch.source.secrets.secret_texts import Use, has_credentials, may_be_secret, names_secret
from flake8_pyarch.source.syntax import dotted_name
from flake8_pyarch.source.words import split_words

__all__ = ["HardCodedSecret"]

_RUFF_NAME = lazy_pattern(r"(?:.*_)?(?:pas+wo?r?d|pass(?:phrase)?|pwd|token|secrete?)(?:_.*)?", re.IGNORECASE)
_TWINS = {BoundBy.ASSIGNMENT: "S105", BoundBy.KEYWORD: "S106", BoundBy.PARAMETER: "S107"}
_VALUES = frozenset({BoundBy.KEYWORD, BoundBy.PARAMETER, BoundBy.LAMBDA, BoundBy.VARIABLE})
_EXAMPLES = frozenset({"example", "examples", "openapi", "schema"})


class HardCodedSecret(Rule):
    """A secret stands in the source code.

    ## Why is this bad?
    Whoever can read the code, now or in any copy of its history, has the secret, and it is the same on every machine.
    To change it the service has to be released. A default such as `changeme` is no better: it works until somebody
    remembers to set another, and nobody notices that nobody did. A settings field without a default makes the service
    refuse to start instead.

    Reported are literal texts that are assigned to a sensitive name, passed as an argument of such a name, kept under
    such a key, or taken as the default of such a parameter, settings field or environment variable, also inside
    `SecretStr("…")` and `Field(default="…")`. Reported as well is every URL with `user:password@`.

    ## Example
    ```python path=shop/config/app_config.py
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings


    class AppConfig(BaseSettings):
        api_token: SecretStr = SecretStr("letmein-2024")
    ```

    ## Use instead
    ```python path=shop/config/app_config.py
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings


    class AppConfig(BaseSettings):
        api_token: SecretStr
    ```

    ## Options
    - `sensitive-names`, `extend-sensitive-names`: words that make a name sensitive
    - `harmless-words`, `extend-harmless-words`: words that make it harmless again

    ## Known problems
    Names decide, and the look of the text. Silent are texts that read like a sentence, placeholders (`<token>`, `***`,
    `{token}`), names of environment variables, URLs without a password, paths, texts that only repeat a name
    (`TOKEN_KEY = "token"`), members of enums, examples for documentation, and log calls. So is a name that ends with a
    word for something that belongs to a secret, such as `token_header`, or says what is wrong with it, such as
    `invalid_token`. A test or a script may hold secrets, as far as this rule goes.

    Ruff's `S105`, `S106` and `S107` know `password`, `passphrase`, `pwd`, `token` and `secret` as words parted by
    underscores, but no `api_key`, `private_key`, `jwt` or camel case; nor harmless words, so that they report
    `token_url`. They look at no entry of a `{…}`, no unpacking, no walrus, no `Field`, no `SecretStr`, no lambda, no
    `or`, no default of an environment variable, no bytes and no URL. They report comparisons, which this rule does not,
    members of enums, placeholders, labels, and whatever text is not empty, in tests and scripts as well.
    """

    code = "PYA703"
    message = (
        "{what} holds a secret that stands in the source code: read it from the environment through a settings class"
    )
    twins = ("S105", "S106", "S107")
    service_code_only = True

    def visit_BoundText(self, bound: BoundText, module: Module) -> Iterator[Finding]:
        if _is_secret(bound, module) and not _is_excused(bound, module):
            yield self.finding(bound.literal, what=bound.shown, twin=_twin(bound))

    def visit_Constant(self, literal: ast.Constant, module: Module) -> Iterator[Finding]:
        text = literal.value
        if not isinstance(text, str) or "://" not in text or "@" not in text or not has_credentials(text):
            return
        parent = module.syntax.parents.get(literal)
        if isinstance(parent, (ast.Expr, ast.FormattedValue)) or _is_example(literal, module):
            return
        place = parent if isinstance(parent, ast.JoinedStr) else literal
        twins = (_twin(bound) for bound in module.bound_texts if bound.literal is literal)
        yield self.finding(place, what="a URL", twin=next(twins, None))


def _is_secret(bound: BoundText, module: Module) -> bool:
    names = [name for name in bound.names if names_secret(name, module.settings)]
    if not names or has_credentials(bound.text):
        return False
    use = _use(bound, module)
    return any(may_be_secret(bound.text, name, module.settings, use) for name in names)


def _use(bound: BoundText, module: Module) -> Use:
    if bound.by is BoundBy.ENTRY:
        return Use.ENTRY
    return Use.VALUE if bound.by in _VALUES or _is_field(bound, module) else Use.ASSIGNED


def _is_field(bound: BoundText, module: Module) -> bool:
    """Tell whether a text is the default of a field of a class that pydantic validates."""
    owner = module.syntax.parents.get(module.statement_of(bound.literal))
    return isinstance(owner, ast.ClassDef) and is_pydantic_class(module.class_model(owner))


def _is_excused(bound: BoundText, module: Module) -> bool:
    """Tell whether the place of a text says that it is none: an enum, a `Literal`, a log entry, an example."""
    if _is_choice(bound.annotation) or _is_enum_member(bound, module) or _is_example(bound.literal, module):
        return True
    keyword = module.syntax.parents.get(bound.literal)
    call = module.syntax.parents.get(keyword) if isinstance(keyword, ast.keyword) else None
    return isinstance(call, ast.Call) and any(log.call is call for log in module.log_calls)


def _is_choice(annotation: ast.expr | None) -> bool:
    if not isinstance(annotation, ast.Subscript):
        return False
    return (dotted_name(annotation.value) or "").rpartition(".")[2] == "Literal"


def _is_enum_member(bound: BoundText, module: Module) -> bool:
    owner = module.syntax.parents.get(module.statement_of(bound.literal))
    if bound.by is not BoundBy.ASSIGNMENT or not isinstance(owner, ast.ClassDef):
        return False
    return any(name.endswith(("Enum", "Flag")) for name in module.class_model(owner).ancestor_names)


def _is_example(literal: ast.Constant, module: Module) -> bool:
    """Tell whether a text is part of an example for a documentation: below a name or key that says so."""
    for child, parent in module.ancestry(literal):
        match parent:
            case ast.keyword(arg=str() as name):
                names = [name]
            case ast.Dict(keys=keys, values=values):
                names = [
                    key.value
                    for key, value in zip(keys, values, strict=True)
                    if value is child and isinstance(key, ast.Constant) and isinstance(key.value, str)
                ]
            case ast.Assign(targets=targets):
                names = [dotted_name(target) or "" for target in targets]
            case ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case _:
                names = []
        if any(not _EXAMPLES.isdisjoint(split_words(name)) for name in names):
            return True
        if isinstance(parent, ast.stmt):
            return False
    return False


def _twin(bound: BoundText) -> str | None:
    """Return the rule of Ruff that reports the same text."""
    is_seen = bound.is_direct and isinstance(bound.literal.value, str) and any(map(_RUFF_NAME().fullmatch, bound.names))
    return _TWINS.get(bound.by) if is_seen else None
