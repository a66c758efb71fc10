"""Packages for the mypy plugin that nobody would write.

They begin as the plugin's own cases and the modules of `shapes.md`; then parts are swapped, wrapped, doubled, deleted,
decorated and renamed, within a module and between them.
"""

import ast
import random
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import ClassVar

from tests.cases import read_fences
from tests.mypy.cases import CASES
from tests.robustness.parts import Parts

__all__ = ["MypyPrograms"]

_SHAPES = Path(__file__).parent / "shapes.md"
_MOST_CHANGES = 10

_WRAPPERS = """
if TYPE_CHECKING: HOLE
if sys.version_info >= (3, 8): HOLE
if not TYPE_CHECKING: HOLE
if (walrus := unknown()): HOLE
elif walrus: pass
try: HOLE
finally: pass
try: HOLE
except ValueError as error: raise
else: pass
try: pass
except* ValueError: HOLE
try: pass
finally: HOLE
while True: HOLE
while unknown(): pass
else: HOLE
for walrus in range(3): HOLE
async def inner(): HOLE
def inner[T](a: T, *b: T) -> T: HOLE
class Inner: HOLE
class Inner(Protocol[T]): HOLE
with unknown() as walrus, pytest.raises(ValueError): HOLE
match unknown():
    case walrus if walrus: HOLE
    case {"a": [1, *walrus], **others} | str(walrus): HOLE
"""
_DECORATORS = """
abstractmethod asynccontextmanager cached_property classmethod contextmanager dataclass final overload override property
staticmethod undefined app.get("/") router.post("/")("") functools.wraps(undefined) functools.cache Depends(undefined)
dataclass(slots=True) runtime_checkable no_type_check
"""
_BASES = """
ABC BaseModel Enum Exception Generic[T] NamedTuple Protocol Protocol[T] TypedDict int tuple[int,...] undefined
undefined[int] type metaclass=ABCMeta
"""
_ANNOTATIONS = """
A|B
Annotated
Annotated["Undefined",Depends()]
Annotated[(int,Depends(int))]
Annotated[Annotated[int,Depends(int)],Depends]
Annotated[*Ts]
Annotated[int,*(Depends(int),)]
Annotated[int,Depends(lambda:0)]
Annotated[int,Depends(dependency=undefined.name)]
Annotated[list[Undefined],Depends(make()())]
Any
Callable[...,Self]
Concatenate[int,P]
Json
Literal["Depends(x)"]
Never
None
Self
Unpack[Movie]
list[Annotated[int,Depends(int)]]
type[T]
0
lambda:0
"Annotated[int, Depends("
"""
_IMPORTS = """
from . import *
from fastapi import *
from typing import *
from .api import *
from PACKAGE import api, domain, usecases
from PACKAGE.api import *
import PACKAGE.api as api, PACKAGE
import fastapi.params, fastapi as Depends
from typing_extensions import Annotated as Depends
from .missing import Depends
"""


class MypyPrograms:
    """Writes packages.

    Arguments:
        seed: the same seed gives the same packages.

    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it keeps no secret
        self._packages = [trees for case in CASES if (trees := _parsed(_renamed(case.files, case.package, "PACKAGE")))]
        shapes = [body for _, body in read_fences(_SHAPES.read_text(encoding="utf-8"))]
        self._shapes = _parsed({f"PACKAGE/shape{number}.py": text for number, text in enumerate(shapes)})
        every = [*self._shapes.values(), *(tree for package in self._packages for tree in package.values())]
        self._parts = Parts(self._random, every)
        self._wrappers = _compound(_WRAPPERS)
        self._names: list[str] = []

    def packages(self) -> Iterator[dict[str, str]]:
        """Yield packages of modules that can be compiled, path → text, without end: `PACKAGE` is what they are."""
        while True:
            trees = deepcopy(self._random.choice(self._packages))
            if self._random.random() < 0.4:
                path = self._random.choice([*self._shapes])
                trees[path] = deepcopy(self._shapes[path])
            self._names = [name for tree in trees.values() for name in _names_in(tree)] or ["x"]
            texts = {path: self._changed(tree) for path, tree in trees.items()}
            if all(text is not None for text in texts.values()):
                yield {path: text for path, text in texts.items() if text is not None}

    def _changed(self, tree: ast.Module) -> str | None:
        """Return a module as text after some changes, None if it is none any more."""
        for _ in range(self._random.randint(0, _MOST_CHANGES) if tree.body else 0):
            self._random.choice(self._changes)(self, tree)
        try:
            with warnings.catch_warnings(action="ignore"):
                text = ast.unparse(ast.fix_missing_locations(tree))
                if re.search(r"__future__|\bHOLE\b", text):
                    text = _with_future_first(text)
                text = self._disturbed(text + "\n")
                compile(text, "x.py", "exec", dont_inherit=True)
        except (AttributeError, RecursionError, SyntaxError, TypeError, UnicodeEncodeError, ValueError):
            return None
        return text

    def _disturbed(self, text: str) -> str:
        """Give a text other line ends, letters that take several bytes, or comments that mypy obeys, now and then."""
        name = self._random.choice(self._names)
        return self._random.choice(
            [
                *[text] * 6,
                text.replace("\n", "\r\n"),
                re.sub(rf"\b{name}\b", f"é{name}ß", text),
                text.replace("Annotated[", "Annotated[  # é\n    "),
                text.replace("(", "(  # é\n  ", 20),
                f"# mypy: ignore-errors\n{text}",
                f'# mypy: disable-error-code="pyarch-depends-type, misc"\n{text}',
                f"# mypy: check-untyped-defs, disallow-any-expr\n{text}",
                text.replace("\n", "  # type: ignore\n", 30),
                f"from __future__ import annotations\n{text}",
                f"{text}\nsys.exit()\nraise ValueError\n{text}",
                f"\ufeff{text}",
            ]
        )

    # Changes

    def _swap(self, tree: ast.Module) -> None:
        self._parts.swap_into(tree)

    def _block(self, tree: ast.Module) -> list[ast.stmt]:
        return self._random.choice(_blocks(tree) or [[ast.Pass()]])

    def _wrap(self, tree: ast.Module) -> None:
        block = self._block(tree)
        start = self._random.randrange(len(block) + 1)
        end = self._random.randint(start, len(block))
        hole = block[start:end] or [ast.Pass()]
        wrapper = deepcopy(self._random.choice(self._wrappers))
        for inside in _blocks(ast.Module([wrapper], [])):
            match inside:
                case [ast.Expr(value=ast.Name(id="HOLE"))]:
                    inside[:] = deepcopy(hole)
        block[start:end] = [wrapper]

    def _double(self, tree: ast.Module) -> None:
        block = self._block(tree)
        block.insert(self._random.randrange(len(block) + 1), deepcopy(self._random.choice(block)))

    def _delete(self, tree: ast.Module) -> None:
        block = self._block(tree)
        if len(block) > 1:
            del block[self._random.randrange(len(block))]

    def _insert(self, tree: ast.Module) -> None:
        block = self._block(tree)
        block.insert(self._random.randrange(len(block) + 1), self._parts.statement())

    def _rename(self, tree: ast.Module) -> None:
        for _ in range(3):
            node = self._random.choice([*ast.walk(tree)])
            match node:
                case ast.Name():
                    node.id = self._random.choice(self._names)
                case ast.Attribute():
                    node.attr = self._random.choice(self._names)
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.alias():
                    node.name = self._random.choice(self._names)
                case ast.arg() | ast.keyword() if node.arg is not None:
                    node.arg = self._random.choice(self._names)

    def _import(self, tree: ast.Module) -> None:
        block = self._random.choice([tree.body, tree.body, *_blocks(tree)])
        statement = ast.parse(self._random.choice(_IMPORTS.strip().splitlines())).body[0]
        block.insert(self._random.choice([0, len(block)]), statement)

    def _reimport(self, tree: ast.Module) -> None:
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if imports:
            node = self._random.choice(imports)
            match self._random.randrange(3):
                case 0:
                    node.names = [ast.alias("*")]
                case 1:
                    self._random.choice(node.names).asname = self._random.choice(self._names)
                case _:
                    node.module, node.level = (node.module or "").rpartition(".")[2] or None, self._random.randrange(2)

    def _annotate(self, tree: ast.Module) -> None:
        nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.arg, ast.AnnAssign))]
        if not nodes:
            return
        node = self._random.choice(nodes)
        old = node.annotation or ast.Name("int")
        written = self._random.choice(_ANNOTATIONS.strip().splitlines())
        match self._random.randrange(4):
            case 0:
                node.annotation = ast.Constant(ast.unparse(old))
            case 1:
                call = ast.Call(ast.Name("Depends"), [ast.Name(self._random.choice(self._names))], [])
                node.annotation = ast.Subscript(ast.Name("Annotated"), ast.Tuple([old, call]))
            case 2:
                node.annotation = ast.Subscript(
                    ast.Name(self._random.choice(["list", "Optional", "type", "T", "Undefined"])), old
                )
            case _:
                node.annotation = ast.parse(written, mode="eval").body

    def _decorate(self, tree: ast.Module) -> None:
        nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
        if nodes:
            decorator = ast.parse(self._random.choice(_DECORATORS.split()), mode="eval").body
            self._random.choice(nodes).decorator_list.insert(0, decorator)

    def _inherit(self, tree: ast.Module) -> None:
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        if nodes:
            base = self._random.choice([*_BASES.split(), *(node.name for node in nodes)])
            call = ast.parse(f"f({base})", mode="eval").body
            if isinstance(call, ast.Call):
                node = self._random.choice(nodes)
                node.bases += call.args
                node.keywords += call.keywords

    def _redo_function(self, tree: ast.Module) -> None:
        nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
        if not nodes:
            return
        node, value = self._random.choice(nodes), self._parts.expression()
        match self._random.randrange(6):
            case 0:
                node.body.insert(0, ast.Expr(ast.Yield(value)))
            case 1:
                node.body.append(ast.Return(value))
            case 2:
                node.args.vararg, node.args.kwarg = ast.arg("args", value), ast.arg("kwargs", value)
            case 3:
                node.args.kwonlyargs += node.args.args
                node.args.kw_defaults += [None] * len(node.args.args)
                node.args.args, node.args.defaults, node.args.posonlyargs = [], [], []
            case 4:
                node.args.posonlyargs += node.args.args
                node.args.args = []
            case _:
                node.returns = value

    _changes: ClassVar[list[Callable[["MypyPrograms", ast.Module], None]]] = [
        *[_swap, _rename, _wrap] * 2,
        *[_annotate, _decorate, _delete, _double, _import, _inherit, _insert, _redo_function, _reimport],
    ]


def _blocks(tree: ast.Module) -> list[list[ast.stmt]]:
    lists = (value for node in ast.walk(tree) for _, value in ast.iter_fields(node) if isinstance(value, list))
    return [value for value in lists if value and isinstance(value[0], ast.stmt)]


def _compound(text: str) -> list[ast.stmt]:
    """Return the statements of a text, those that this Python knows: each is one of its own."""
    found: list[ast.stmt] = []
    for part in re.split(r"\n(?!elif|else|except|finally| )", text.strip()):
        try:
            found += ast.parse(part).body
        except SyntaxError:
            continue
    return found


def _parsed(files: Mapping[str, str]) -> dict[str, ast.Module]:
    """Return the modules of a package; those left out that this Python cannot parse."""
    trees: dict[str, ast.Module] = {}
    for path, text in files.items():
        try:
            trees[path] = ast.parse(text)
        except SyntaxError:
            continue
    return trees


def _renamed(files: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {path.replace(old, new): re.sub(rf"\b{old}\b", new, text) for path, text in files.items()}


def _names_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def _with_future_first(text: str) -> str:
    lines = text.splitlines()
    kept = [re.sub(r"\bHOLE\b", "pass", line) for line in lines if "__future__" not in line]
    return "\n".join(["from __future__ import annotations"] * (len(kept) < len(lines)) + kept)
