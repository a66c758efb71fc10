"""What becomes of a variable of the environment: whether pydantic gets to see it, whether it chooses a file."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.configuration.environment import EnvironmentUse
from flake8_pyarch.source.configuration.settings_classes import SETTINGS_SUFFIXES, is_pydantic_class
from flake8_pyarch.source.syntax import FUNCTIONS, last_name, literal_string, without_call
from flake8_pyarch.source.words import split_words

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["chooses_file", "is_validated"]

_FILES = frozenset("dir directory file filename files folder path paths".split())
_CONFIGURATIONS = frozenset("conf config configuration dotenv env ini json secrets settings toml yaml yml".split())
_OPENERS = frozenset({"open", "find_dotenv", "load_dotenv", "dotenv_values"})
_FILE_NAME = lazy_pattern(r"(?:^|/)\.env\b|\.(?:env|ya?ml|toml|json|ini|cfg)\b")
_HOOKS = frozenset({"model_post_init", "settings_customise_sources"})
_MARKERS = frozenset({"BeforeValidator", "AfterValidator", "PlainValidator", "WrapValidator"})


def chooses_file(use: EnvironmentUse, module: "Module") -> bool:
    """Tell whether a variable says which file the settings come from, going by the names it is given."""
    words: set[str] = set()
    for child, parent in module.ancestry(use.expression):
        match parent:
            case ast.Call(func=function) if child is not function and last_name(function) in _OPENERS:
                return True
            case ast.JoinedStr(values=parts) if any(_FILE_NAME().search(literal_string(part) or "") for part in parts):
                return True
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                return _names_file(words) or _names_file(set(split_words(name)))
        words.update(word for name in _names_given(child, parent) for word in split_words(name))
    return _names_file(words)


def _names_file(words: set[str]) -> bool:
    return not _FILES.isdisjoint(words) and not _CONFIGURATIONS.isdisjoint(words)


def _names_given(child: ast.AST, parent: ast.AST) -> Iterator[str]:
    """Yield what a parent calls its child: an argument, a key, a variable, and the environment's own name for it."""
    match child:
        case ast.Subscript(slice=key) | ast.Call(args=[key, *_]):
            yield literal_string(key) or ""
    match parent:
        case ast.keyword(arg=str() as name):
            yield name
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            yield from (literal_string(key) or "" for key, value in pairs if value is child)
        case ast.Assign(targets=targets):
            yield from map(last_name, targets)
        case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
            yield last_name(target)


def is_validated(use: EnvironmentUse, module: "Module") -> bool:
    """Tell whether pydantic gets to see what is read.

    It does in the default of a field and in a validator of a model, in a function that a model names, and in an
    argument of a model's constructor.
    """
    function: Function | None = None
    for child, parent in module.ancestry(use.expression):
        if isinstance(parent, ast.Call) and child is not parent.func and _is_pydantic(parent.func, module):
            return True
        if isinstance(parent, FUNCTIONS) and isinstance(child, ast.stmt):
            function = parent
        model = module.class_model(parent) if isinstance(parent, ast.ClassDef) and isinstance(child, ast.stmt) else None
        if model is not None and is_pydantic_class(model):
            return function is None or function.name in _HOOKS or _is_validator(function)
    return function is not None and _is_named_by_model(function, module)


def _is_pydantic(function: ast.expr, module: "Module") -> bool:
    """Tell whether a call makes an object that pydantic validates, so far as this file tells."""
    model = module.class_named(function)
    if model is None and isinstance(function, ast.Name) and function.id == "cls":
        model = module.enclosing_class(function)
    return is_pydantic_class(model) if model is not None else last_name(function).endswith(SETTINGS_SUFFIXES)


def _is_validator(function: Function) -> bool:
    return any(last_name(without_call(each)).endswith("validator") for each in function.decorator_list)


def _is_named_by_model(function: Function, module: "Module") -> bool:
    """Tell whether a function makes a field's default or validates it."""
    return any(
        _serves_model(name, module)
        for name in module.syntax.of(ast.Name)
        if name.id == function.name and module.function_named(name) is function
    )


def _serves_model(name: ast.Name, module: "Module") -> bool:
    for child, parent in module.ancestry(name):
        match parent:
            case ast.keyword(arg="default_factory"):
                return True
            case ast.Call(func=marker) if child is not marker and last_name(marker) in _MARKERS:
                return True
            case ast.ClassDef():
                return isinstance(child, ast.stmt) and is_pydantic_class(module.class_model(parent))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return False
    return False
