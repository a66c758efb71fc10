"""Sensitive names: what nobody wants to read in a log or an error message, and what makes it harmless again."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.lexicon import words as lexicon_words
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import Settings
from flake8_pyarch.source.configuration.settings_classes import is_settings_class
from flake8_pyarch.source.foreign import constant_behind, definition_behind
from flake8_pyarch.source.syntax import dotted_name, last_name, literal_string, walk
from flake8_pyarch.source.texts import is_static, text_parts
from flake8_pyarch.source.words import split_words

if TYPE_CHECKING:
    from flake8_pyarch.source.classes import ClassModel
    from flake8_pyarch.source.module import Module

__all__ = ["Leak", "is_about", "is_harmless", "is_masked", "is_sensitive", "leaks"]

_MASKING_STEMS = ("mask", "redact", "hash", "obfuscat", "fingerprint")
_MASKING_WORDS = frozenset({"len", "bool", "type"})
_MASKED_STEMS = ("mask", "redact", "obfuscat", "fingerprint")
_NO_PROPERTIES = frozenset({"bytes", "data", "hash", "key", "plain", "raw", "str", "string", "text", "value"})
_SECRET_TYPES = frozenset({"SecretStr", "SecretBytes", "Secret"})
_WHOLE_REQUEST_PARTS = frozenset({"headers", "cookies"})
_REQUESTS = frozenset({"request", "req"})
_DUMPS = frozenset({"model_dump", "model_dump_json"})
_PLAIN_WORD = lazy_pattern(r"[A-Za-z]+(?:[-_][A-Za-z]+)*")
_ENUMERATIONS = lazy_pattern(r"enum\.\w*(?:Enum|Flag)$")


# Names


class Vocabulary(NamedTuple):
    """The words that make a name sensitive, and those that make it harmless again."""

    sensitive: frozenset[tuple[str, ...]]
    harmless: frozenset[tuple[str, ...]]

    def places(self, words: tuple[str, ...], entries: frozenset[tuple[str, ...]]) -> Iterator[range]:
        """Yield where entries stand among `words`."""
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if words[start:end] in entries:
                    yield range(start, end)


@cache
def _vocabulary(sensitive: tuple[str, ...], harmless: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(frozenset(map(split_words, sensitive)), frozenset(map(split_words, harmless)))


@cache
def _judge(name: str, sensitive: tuple[str, ...], harmless: tuple[str, ...]) -> tuple[bool, bool]:
    """Tell whether a name is sensitive, and whether one of its words makes it harmless."""
    vocabulary = _vocabulary(sensitive, harmless)
    words = split_words(name)
    secret = {place for found in vocabulary.places(words, vocabulary.sensitive) for place in found}
    # The `id` of `session_id` is part of what makes it sensitive.
    appeased = any(not secret.issuperset(found) for found in vocabulary.places(words, vocabulary.harmless))
    return bool(secret) and not appeased, appeased


def is_sensitive(name: str, settings: Settings) -> bool:
    """Tell whether a name promises a secret: `access_token` and `apiKey` do, `token_count` and `tokenizer` do not."""
    return _judge(name, settings.sensitive_names, settings.harmless_words)[0]


def is_harmless(name: str, settings: Settings) -> bool:
    """Tell whether a word of a name says that it only speaks about something: `token_id`, `has_password`, `length`."""
    return _judge(name, settings.sensitive_names, settings.harmless_words)[1]


def is_about(name: str, value: ast.expr, settings: Settings) -> bool:
    """Tell whether a sensitive name, and its value too, speaks of something that belongs to the secret.

    In `token_user=user` the value is the user, and not the token.
    """
    *_, noun = split_words(name)
    if noun in _NO_PROPERTIES or noun.isdecimal() or is_sensitive(noun, settings):
        return False
    names = (_name_in(node) or "" for node in walk(value) if isinstance(node, ast.expr))
    return not is_sensitive(_name_in(value) or "", settings) and any(noun in split_words(inner) for inner in names)


def _name_in(node: ast.expr) -> str | None:
    """Return the name that tells what an expression holds: a name, an attribute, a literal key; else None."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=key):
            return literal_string(key)
        case ast.Call(func=ast.Attribute(attr="get"), args=[key, *_]):
            return literal_string(key)
    return None


# Values


class Leak(NamedTuple):
    """A place where a secret shows.

    Arguments:
        node: the expression.
        name: how to call it in a message, without the text of any literal.

    """

    node: ast.expr
    name: str


def leaks(node: ast.expr, module: "Module") -> Iterator[Leak]:
    """Yield the secrets that show where an expression is printed, logged or made part of a text."""
    for part in text_parts(node):
        leak = _leak(part, module)
        if leak is not None:
            yield leak


def _leak(node: ast.expr, module: "Module") -> Leak | None:
    match node:
        case ast.Call(func=ast.Attribute(value=secret, attr="get_secret_value")):
            return Leak(node, f"{dotted_name(secret) or '…'}.get_secret_value()")
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _DUMPS:
            return Leak(node, f"{dotted_name(owner) or '…'}.{method}()") if _is_settings(owner, module) else None
    whole = _whole(node)
    if _is_request_part(whole) or module.resolve(whole) == "os.environ":
        return Leak(whole, dotted_name(whole) or "…")
    name = _name_in(node)
    if name is None or not is_sensitive(name, module.settings) or _is_masked_part(node, module):
        return None
    return Leak(node, _shown(node))


def _shown(node: ast.expr) -> str:
    """Return what to call an expression, without the text of its keys."""
    keys = ""
    while isinstance(node, ast.Subscript):
        node, keys = node.value, keys + "[…]"
    if isinstance(node, ast.Call):
        node, keys = node.func, f"(…){keys}"
    return f"{dotted_name(node) or getattr(node, 'attr', '…')}{keys}"


def _whole(node: ast.expr) -> ast.expr:
    """Return what is copied by `dict(x)`, `x.copy()` or `x.items()`, also by several of them."""
    while True:
        match node:
            case ast.Call(func=ast.Name(id="dict" | "list"), args=[copied]):
                node = copied
            case ast.Call(func=ast.Attribute(value=copied, attr="copy" | "items" | "values"), args=[]):
                node = copied
            case _:
                return node


def _is_request_part(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=part):
            return part in _WHOLE_REQUEST_PARTS and owner.lstrip("_") in _REQUESTS
    return False


def is_masked(node: ast.expr, module: "Module") -> bool:
    """Tell whether nothing secret shows of a value, whatever its name: it is literal, masked, or a mere yes or no."""
    return is_static(node) or all(_is_masked_part(part, module) for part in text_parts(node))


def _is_masked_part(node: ast.expr, module: "Module") -> bool:
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Subscript(slice=ast.Slice()):
            return True
        case ast.Call(func=ast.Attribute(attr="get_secret_value")):
            return False
        case ast.Call():
            return _is_masking_call(node) or is_harmless(last_name(node.func), module.settings)
    name = _name_in(node)
    if name is None:
        return False
    if is_harmless(name, module.settings) or any(word.startswith(_MASKED_STEMS) for word in split_words(name)):
        return True
    if name.isupper() and (_is_constant_of_harmless_class(node, module) or _is_plain_word(node, module)):
        return True
    return _is_secret_typed(node, module) or _is_assigned_masked(node, module)


def _is_constant_of_harmless_class(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a member of an enumeration, or a constant of a class like `ErrorCode`."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner) as kind) if (
            owner[:1].isupper() and not owner.isupper()
        ):
            if is_harmless(owner, module.settings):
                return True
            found = definition_behind(kind, module)
            if found is not None and isinstance(found[0], ast.ClassDef):
                return any(map(_ENUMERATIONS().match, found[1].class_model(found[0]).ancestor_names))
    return False


def _is_plain_word(node: ast.expr, module: "Module") -> bool:
    """Tell whether a constant holds what something is called, as in `AUTHORIZATION_HEADER = "Authorization"`.

    Where it is not found, its name says so: `TOKEN_HEADER`, `PASSWORD_SPECIAL_CHARACTERS`.
    """
    *_, noun = split_words(_name_in(node) or "")
    if noun in lexicon_words("secret_properties"):
        return True
    text = literal_string(constant_behind(node, module))
    return text is not None and _PLAIN_WORD().fullmatch(text) is not None


def _is_assigned_masked(node: ast.expr, module: "Module") -> bool:
    """Tell whether all that a name is assigned in this file, None aside, is masked: `token = mask(token)`."""
    given = [value for value in module.assigned_values(node) if not _is_none(value)]
    parts = [part for value in given for part in (list(text_parts(value)) or [value])]
    return bool(parts) and all(
        isinstance(part, (ast.Call, ast.Compare)) and _is_masked_part(part, module) for part in parts
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_masking_call(call: ast.Call) -> bool:
    """Tell whether a call, or one it is chained to (`hashlib.sha256(x).hexdigest()`), is named as if it masked."""
    return any(
        word.startswith(_MASKING_STEMS) or word in _MASKING_WORDS
        for name in _names_along(call)
        for word in split_words(name)
    )


def _names_along(node: ast.expr) -> Iterator[str]:
    while True:
        match node:
            case ast.Call(func=inner):
                node = inner
            case ast.Attribute(value=inner, attr=name):
                yield name
                node = inner
            case ast.Name(id=name):
                yield name
                return
            case _:
                return


# Types


def _is_secret_type(annotation: ast.expr | None) -> bool:
    """Tell whether an annotation names a type that masks itself: `SecretStr`, `SecretBytes | None`, `Secret[str]`."""
    for node in walk(annotation) if annotation is not None else ():
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _SECRET_TYPES:
                return True
            case ast.Constant(value=str() as text) if not _SECRET_TYPES.isdisjoint(_identifiers(text)):
                return True
    return False


def _identifiers(text: str) -> Iterable[str]:
    return "".join(character if character.isalnum() or character == "_" else " " for character in text).split()


def _is_secret_typed(node: ast.expr, module: "Module") -> bool:
    """Tell whether the file shows that a name or an attribute holds a type that masks itself."""
    match node:
        case ast.Name():
            return any(
                _is_secret_type(getattr(place, "annotation", None))
                for binding in module.bindings(node)
                if isinstance(binding, ast.AST)
                for place in (binding, module.syntax.parents.get(binding))
            ) or any(_is_secret_type(_constructor(value)) for value in module.assigned_values(node))
        case ast.Attribute(value=owner, attr=attribute):
            model = module.class_of_self(node) or _class_of(owner, module)
            return model is not None and any(
                _is_secret_type(place.annotation)
                or _is_secret_type(_constructor(place.value))
                or (isinstance(place.value, ast.Name) and _is_secret_typed(place.value, module))
                for ancestor in model.lineage
                for place in ancestor.attributes.get(attribute, ())
            )
    return False


def _constructor(node: ast.expr | None) -> ast.expr | None:
    return node.func if isinstance(node, ast.Call) else None


def _class_of(node: ast.expr, module: "Module") -> "ClassModel | None":
    """Return the class of this file that an object is of."""
    return next(filter(None, map(module.class_named, _class_names(node, module))), None)


def _class_names(node: ast.expr, module: "Module") -> Iterator[ast.expr]:
    """Yield what an object is annotated with, and what it is made by."""
    if isinstance(node, ast.Call):
        yield node.func
    if isinstance(node, ast.Name):
        arguments = (binding for binding in module.bindings(node) if isinstance(binding, ast.arg))
        yield from (argument.annotation for argument in arguments if argument.annotation is not None)
    yield from (value.func for value in module.assigned_values(node) if isinstance(value, ast.Call))


def _hides_secrets(model: "ClassModel", module: "Module") -> bool:
    """Tell whether a class has secrets and declares all of them as a type that masks itself."""
    fields = [place for ancestor in model.lineage for places in ancestor.attributes.values() for place in places]
    is_hidden = [
        _is_secret_type(field.annotation)
        for field in fields
        if _is_secret_type(field.annotation) or is_sensitive(field.name, module.settings)
    ]
    return bool(is_hidden) and all(is_hidden)


def _is_settings(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is an object of a settings class: by its class here, or else by its name."""
    model = _class_of(node, module)
    if model is None and isinstance(node, ast.Name) and node.id == "self":
        model = module.enclosing_class(node)
    if model is not None:
        return is_settings_class(model) and not _hides_secrets(model, module)
    names = (dotted_name(each) or "" for each in (node, *_class_names(node, module)))
    return any(split_words(name)[-1:] == ("settings",) for name in names)
