"""Files that are loaded: calls that parse a file, and which file that is, as far as literals tell."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.syntax import literal_string, walk

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["FileLoad", "read_file_loads"]

_LOADERS = frozenset(
    {
        "json.load",
        "json.loads",
        "toml.load",
        "toml.loads",
        "tomli.load",
        "tomli.loads",
        "tomlkit.load",
        "tomlkit.loads",
        "tomlkit.parse",
        "tomllib.load",
        "tomllib.loads",
        "yaml.full_load",
        "yaml.load",
        "yaml.load_all",
        "yaml.safe_load",
        "yaml.safe_load_all",
        "yaml.unsafe_load",
    }
)
_DOTENV = frozenset(
    {"dotenv.load_dotenv", "dotenv.dotenv_values", "dotenv.main.load_dotenv", "dotenv.main.dotenv_values"}
)
_PARSERS = frozenset({"configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser"})
_PACKAGES = frozenset(name.partition(".")[0] for name in _LOADERS | _DOTENV | _PARSERS)
_LAST_NAMES = frozenset(name.rpartition(".")[2] for name in _LOADERS | _DOTENV)
_PATHS = frozenset({"Path", "PurePath", "PosixPath", "str", "join", "joinpath", "abspath", "realpath"})
"""What makes a path of its last argument."""

_KEEPING_METHODS = frozenset({"resolve", "absolute", "expanduser", "as_posix", "encode", "decode", "read"})
_OPENING_METHODS = frozenset({"open", "read_text", "read_bytes"})
_MOST_STEPS = 16


class FileLoad(NamedTuple):
    """A call that parses a file.

    Arguments:
        call: the call.
        name: how the library calls it: `yaml.safe_load`.
        file: the base name of the file, None where no literal tells.

    """

    call: ast.Call
    name: str
    file: str | None

    @property
    def is_dotenv(self) -> bool:
        """Whether it loads variables as `python-dotenv` does, from `.env` unless told otherwise."""
        return self.name in _DOTENV


def read_file_loads(module: "Module") -> Iterator[FileLoad]:
    """Yield the calls that parse a file."""
    if _PACKAGES.isdisjoint(module.imported_packages):
        return
    names = {entry.bound for entry in module.static_imports if entry.qualified_name in _LOADERS | _DOTENV}
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Attribute(value=owner, attr="read" | "read_file" as method):
                if _is_parser(owner, module):
                    yield FileLoad(call, f"configparser.ConfigParser.{method}", _file(call, module))
            case ast.Name(id=name) if name in names:
                yield from _loads(call, module)
            case ast.Attribute(attr=name) if name in _LAST_NAMES:
                yield from _loads(call, module)


def _loads(call: ast.Call, module: "Module") -> Iterator[FileLoad]:
    name = module.resolve(call.func)
    if name in _LOADERS | _DOTENV:
        yield FileLoad(call, name, _file(call, module))


def _is_parser(owner: ast.expr, module: "Module") -> bool:
    made = [owner] if isinstance(owner, ast.Call) else module.assigned_values(owner)
    return any(isinstance(value, ast.Call) and module.resolve(value.func) in _PARSERS for value in made)


def _file(call: ast.Call, module: "Module") -> str | None:
    given = call.args[:1] or [k.value for k in call.keywords if k.arg in {"filenames", "dotenv_path", "stream", "fp"}]
    node: ast.expr | None = given[0] if given else None
    for _ in range(_MOST_STEPS):
        if node is None:
            return None
        text = literal_string(node)
        if text is not None:
            return re.split(r"[/\\]", text)[-1]
        node = _step(node, module)
    return None


def _step(node: ast.expr, module: "Module") -> ast.expr | None:
    """Return what an expression takes the name of its file from: the last part of a path, what is opened or read."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return right if _is_fixed(left, module) else None
        case ast.JoinedStr(values=[*_, ast.Constant(value=str() as text) as last]) if "/" in text:
            return last if _is_fixed(node, module) else None
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _OPENING_METHODS:
            is_function = method == "open" and module.resolve(node.func) in {"io.open", "codecs.open"}
            return next(iter(node.args), None) if is_function else owner
        case ast.Call(func=ast.Attribute(value=owner, attr=method)) if method in _KEEPING_METHODS:
            return owner
        case ast.Call(func=ast.Name(id="open"), args=arguments, keywords=keywords):
            named = (keyword.value for keyword in keywords if keyword.arg == "file")
            return next(iter((*arguments[:1], *named)), None)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name) as function, args=[*first, last]):
            owners = [function.value] if name == "joinpath" and isinstance(function, ast.Attribute) else []
            is_path = name in _PATHS and all(_is_fixed(part, module) for part in (*owners, *first))
            return last if is_path else None
        case ast.List(elts=[only]) | ast.Tuple(elts=[only]):
            return only
        case ast.Name():
            return _opened_as(node, module) or _only_value(node, module)
    return None


def _is_fixed(directory: ast.expr, module: "Module") -> bool:
    """Tell whether a directory is the same in every call: made of literals, `__file__` and the module's own names."""
    names = [node for node in walk(directory) if isinstance(node, ast.Name)]
    found = (module.names.lookup(name) for name in names)
    return all(scope is None or isinstance(scope[0].node, ast.Module) for scope in found)


def _opened_as(name: ast.Name, module: "Module") -> ast.expr | None:
    """Return what an enclosing `with … as name` opens, or None."""
    for child, parent in module.ancestry(name):
        if isinstance(parent, (ast.With, ast.AsyncWith)) and isinstance(child, ast.stmt):
            for item in parent.items:
                if isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == name.id:
                    return item.context_expr
    return None


def _only_value(name: ast.Name, module: "Module") -> ast.expr | None:
    bindings = module.bindings(name)
    return bindings[0] if len(bindings) == 1 and isinstance(bindings[0], ast.expr) else None
