"""FastAPI is the judge of which parameters it can fill: an application is started for each, and compared."""

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tests.mypy.running import run_mypy, write

IMPORTS = """\
import abc, array, asyncio, collections, concurrent.futures, contextlib, contextvars, dataclasses, datetime, decimal
import enum, fractions, functools, io, ipaddress, logging, multiprocessing, pathlib, queue, re, socket, sqlite3, ssl
import subprocess, threading, types, typing, uuid, zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Container, Coroutine, Generator, Hashable
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence, MutableSet, Sequence
from collections.abc import Set as AbstractSet, Sized
from typing import *

import attrs
import fastapi
import pydantic
import pydantic.dataclasses
import starlette.background, starlette.datastructures, starlette.requests, starlette.responses, starlette.websockets
from fastapi import BackgroundTasks, Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, Response
from fastapi import Security, UploadFile, WebSocket
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2PasswordRequestForm, SecurityScopes
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, GetPydanticSchema, PlainValidator, RootModel
from pydantic import SkipValidation
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypedDict
"""

DEFINITIONS = """
T = TypeVar("T")
class Plain: ...
class WithInit:
    def __init__(self, name: str) -> None: ...
class Child(Plain): ...
class Of(Generic[T]): ...
class Port(Protocol):
    def get(self) -> int: ...
@runtime_checkable
class RuntimePort(Protocol):
    def get(self) -> int: ...
class Abstract(abc.ABC):
    @abc.abstractmethod
    def get(self) -> int: ...
class Concrete(Abstract):
    def get(self) -> int: return 1
@final
class Final_: ...
@functools.total_ordering
class Ordered:
    def __lt__(self, other: object) -> bool: return True
class Callable_:
    def __call__(self) -> int: return 1
class Slots:
    __slots__ = ("x",)
class Str(str): ...
class Int(int): ...
class Float(float): ...
class Bytes(bytes): ...
class Dict_(dict[str, int]): ...
class List_(list[int]): ...
class Set_(set[int]): ...
class Tuple_(tuple[int, int]): ...
class DateTime(datetime.datetime): ...
class Uuid(uuid.UUID): ...
class Path_(pathlib.PurePosixPath): ...
class Decimal(decimal.Decimal): ...
class Error(Exception): ...
class Map(Mapping[str, int]):
    def __getitem__(self, key: str) -> int: return 1
    def __iter__(self) -> Iterator[str]: return iter(())
    def __len__(self) -> int: return 0
class Iter(Iterable[int]):
    def __iter__(self) -> Iterator[int]: return iter(())
class Outer:
    class Inner: ...
    class Model(BaseModel): ...
class Model(BaseModel):
    x: int = 1
class ModelChild(Model): ...
class ModelOf(BaseModel, Generic[T]):
    x: T
class Root(RootModel[list[int]]): ...
class Arbitrary(BaseModel):
    model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)
    plain: Plain
class Mixed(Plain, BaseModel): ...
@dataclasses.dataclass
class Data:
    x: int = 1
@dataclasses.dataclass(frozen=True, slots=True)
class FrozenData:
    x: int = 1
class DataChild(Data): ...
@pydantic.dataclasses.dataclass
class PydanticData:
    x: int = 1
@attrs.define
class Attrs:
    x: int = 1
class Named(NamedTuple):
    x: int = 1
class Typed(TypedDict):
    x: int
Made = collections.namedtuple("Made", ["x"])
class Color(enum.Enum):
    RED = "red"
class Number(enum.IntEnum):
    ONE = 1
class Text_(str, enum.Enum):
    A = "a"
class Flag(enum.Flag):
    A = 1
class Meta(type): ...
class WithMeta(metaclass=Meta): ...
def make_dataclass(cls: type[T]) -> type[T]:
    return dataclasses.dataclass(cls)
@make_dataclass
class Decorated:
    x: int = 1
def keep(cls: type[T]) -> type[T]:
    return cls
@keep
class Kept: ...
untyped: Any = object
class OfAny(untyped): ...  # type: ignore[misc]
NewPlain = NewType("NewPlain", Plain)
NewInt = NewType("NewInt", int)
NewNew = NewType("NewNew", NewPlain)
Alias = Annotated[Plain, Depends(lambda: Plain())]
Bare = Annotated[Plain, "doc"]
Same = Plain
MaybePlain = Plain | None
def get() -> Plain: return Plain()
class MyRequest(Request): ...
class MyResponse(Response): ...
class MyTasks(BackgroundTasks): ...
"""

HOOKED = """
class Hooked:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.any_schema()
class HookedChild(Hooked): ...
class HookedStr(str):
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.str_schema()
class HookedBase:
    def __init_subclass__(cls) -> None:
        setattr(cls, "__get_" + "pydantic_core_schema__", classmethod(lambda *_: core_schema.any_schema()))
class HookedBySubclass(HookedBase): ...
class HookedMeta(type):
    def __getattr__(cls, name: str) -> Any:
        if name == "__get_" + "pydantic_core_schema__":
            return lambda *_: core_schema.any_schema()
        raise AttributeError(name)
class HookedByMeta(metaclass=HookedMeta): ...
"""
"""Apart from the others, for where a module speaks of pydantic's hooks nothing is told of its classes."""

STARS = "from fillable import *\nfrom fillable_hooked import *\n"

FILLED = """
Any; object; None; bool; int; str; bytes; float; complex; list; dict; set; frozenset; tuple; type; type[Plain]
type[Any]; list[int]; dict[str, int]; tuple[int, str]; tuple[int, ...]; Literal["a"]; int | None; Optional[str]
Union[int, str]; Sequence[int]; Mapping[str, int]; Iterable[int]; Hashable; Callable[[Plain], Plain]; Callable[..., Any]
datetime.datetime; datetime.date; datetime.time; datetime.timedelta; uuid.UUID; pathlib.Path; decimal.Decimal
fractions.Fraction; ipaddress.IPv4Address; ipaddress.IPv6Network; re.Pattern[str]; zoneinfo.ZoneInfo
collections.deque[int]; collections.Counter[str]; collections.OrderedDict[str, int]; collections.defaultdict[str, int]
Model; ModelChild; ModelOf[int]; Root; Arbitrary; Mixed; Data; FrozenData; DataChild; PydanticData; Named; Typed; Made
Color; Number; Text_; Flag; Hooked; HookedChild; HookedStr; HookedBySubclass; HookedByMeta; Decorated; NewInt
Outer.Model; list[Model]; Model | None; dict[str, Data]; list[Hooked]; tuple[Model, Data]
Request; Response; WebSocket; BackgroundTasks; SecurityScopes; MyRequest; MyResponse; MyTasks; UploadFile
list[UploadFile]; starlette.requests.HTTPConnection; starlette.background.BackgroundTasks; starlette.responses.Response
HTTPAuthorizationCredentials; pydantic.HttpUrl; pydantic.SecretStr; pydantic.PastDate; pydantic.ByteSize
pydantic.Json[Any]; pydantic.PositiveInt; pydantic.UUID4; pydantic.AnyUrl; pydantic.ImportString[Any]
Alias; Annotated[Plain, Depends(get)]; Annotated[Plain, Depends()]; Annotated[Port, Security(get)]
Annotated[WithInit, Depends(WithInit)]; Annotated[Plain, "doc", Depends(get)]; Annotated[int, Query(gt=1)]
Annotated[Plain, GetPydanticSchema(lambda s, h: core_schema.any_schema())]
Annotated[Plain, PlainValidator(lambda x: x)]; Annotated[list[Annotated[Plain, PlainValidator(lambda x: x)]], "doc"]
Generator[int, None, None]; Optional["Plain"]; list["Plain"]; "Model"; "Annotated[Plain, Depends(get)]"; "list[Model]"
Plain = Depends(get); Port = Depends(get); Plain = Security(get); Plain | None = Depends(get); Any = Body()
int = 1; str = "a"; Model | None = None; Request = None; Annotated[str, Header()] = "a"; Annotated[UploadFile, File()]
Annotated[OAuth2PasswordRequestForm, Depends()]; Annotated[Model, Form()]; Annotated[str, Cookie()] = ""
"""
REFUSED = """
Plain; WithInit; Child; Of[int]; Of; Port; RuntimePort; Abstract; Concrete; Final_; Ordered; Callable_; Slots; Str; Int
Float; Bytes; Dict_; List_; Set_; DateTime; Uuid; Path_; Decimal; Error; Map; Iter; Outer.Inner; Attrs; NewPlain; NewNew
Plain | None; Union[int, Plain]; Optional[Port]; list[Plain]; dict[str, Port]; set[Str]; frozenset[Plain]
tuple[int, Plain]; tuple[Plain, ...]; Sequence[Plain]; Mapping[str, Plain]; Iterable[Plain]; Collection[Plain]
AbstractSet[Plain]; MutableMapping[str, Plain]; MutableSequence[Plain]; MutableSet[Plain]
collections.deque[Plain]; collections.Counter[Plain]; collections.OrderedDict[str, Plain]
collections.defaultdict[str, Plain]; list[dict[str, Plain | None]]
logging.Logger; logging.Handler; queue.Queue[int]; threading.Thread; threading.Event; asyncio.Lock; asyncio.Queue[int]
asyncio.Task[int]; asyncio.AbstractEventLoop; contextlib.ExitStack; contextvars.ContextVar[int]; socket.socket
sqlite3.Connection; ssl.SSLContext; subprocess.Popen[str]; concurrent.futures.Executor
Annotated[Plain, "doc"]; Annotated[Plain, Depends]; Annotated[Port, "doc", Depends]
Optional[Annotated[Plain, Depends(get)]]; Annotated[Plain, Depends(get)] | None
list[Annotated[Plain, Depends(get)]]; Annotated[list[Plain], "doc"]
Plain = None; Plain | None = None; Port = ...; Annotated[Plain, Depends(get)] | None = None
"Plain"; "Plain | None"; "Annotated[Plain, Depends]"
starlette.datastructures.UploadFile; starlette.background.BackgroundTask; starlette.datastructures.State
"""
MISSED = """
Kept; WithMeta; OfAny; Tuple_; Bare; Same; MaybePlain; bytearray; memoryview; range; slice; array.array
io.StringIO; IO[str]; Sized; SupportsInt; Awaitable[int]; Awaitable[Plain]; Iterator[int]; AsyncIterator[int]
Generator[Plain, None, None]; Container[Plain]; Coroutine[Any, Any, int]
datetime.tzinfo; datetime.timezone; types.ModuleType; Exception
Plain = Plain(); Plain = Body(); Annotated[Plain, Body()]; Annotated[Plain, BeforeValidator(lambda x: x)]
Request | None; list[Alias]; Annotated[Plain, SkipValidation]; Annotated[Plain, Field(title="a")]; LiteralString; Never
Annotated[Annotated[Plain, Depends], "doc"]
"""
"""What FastAPI refuses as well, and is not told: unclear, rare, or not worth its rule."""


def listed(text: str) -> list[str]:
    return [entry.strip() for line in text.strip().splitlines() for entry in line.split("; ")]


PARAMETERS = [*listed(FILLED), *listed(REFUSED), *listed(MISSED)]


def function(parameter: str, name: str = "endpoint") -> str:
    annotation, equals, default = parameter.partition(" = ")
    return f"def {name}(x: {annotation}{equals}{default}): ..."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fillable")
    endpoints = "\n".join(
        f"@app.get('/')\n{function(parameter, f'e{number:03}')}" for number, parameter in enumerate(PARAMETERS)
    )
    write(
        root,
        {
            "fillable_hooked.py": f"{IMPORTS}{HOOKED}",
            "fillable.py": f"{IMPORTS}from fillable_hooked import *\n{DEFINITIONS}",
            "endpoints.py": f"{IMPORTS}{STARS}app = FastAPI()\n{endpoints}\n",
        },
    )
    return root


@pytest.fixture(scope="module")
def namespace(project: Path) -> Iterator[dict[str, Any]]:
    sys.path.insert(0, str(project))
    yield {**vars(import_module("fillable_hooked")), **vars(import_module("fillable"))}
    sys.path.remove(str(project))


def starts(parameter: str, namespace: dict[str, Any]) -> bool:
    """Tell whether an application starts that has an endpoint with a parameter."""
    exec(function(parameter), namespace)  # noqa: S102 - one of the parameters above
    try:
        FastAPI().get("/")(namespace["endpoint"])
    except Exception:  # noqa: BLE001 - FastAPI and pydantic have several ways to refuse
        return False
    return True


@pytest.fixture(scope="module")
def reported(project: Path, new_cache: Callable[[], Path]) -> set[str]:
    """Return the parameters that the plugin says FastAPI cannot fill."""
    source = (project / "endpoints.py").read_text(encoding="utf-8").splitlines()
    first = source.index("app = FastAPI()") + 3
    output = "\n".join(run_mypy(project, new_cache()))
    assert "[syntax]" not in output
    found = re.findall(r"^endpoints\.py:(\d+):10: error: .*\[pyarch-depends-unresolvable\]$", output, re.MULTILINE)
    return {PARAMETERS[(int(line) - first) // 2] for line in found}


def test_there_are_enough() -> None:
    assert len(set(PARAMETERS)) == len(PARAMETERS) > 130


@pytest.mark.parametrize("parameter", listed(FILLED))
def test_filled(parameter: str, namespace: dict[str, Any], reported: set[str]) -> None:
    assert starts(parameter, namespace)
    assert parameter not in reported


@pytest.mark.parametrize("parameter", listed(REFUSED))
def test_refused(parameter: str, namespace: dict[str, Any], reported: set[str]) -> None:
    assert not starts(parameter, namespace)
    assert parameter in reported


@pytest.mark.parametrize("parameter", listed(MISSED))
def test_missed(parameter: str, namespace: dict[str, Any], reported: set[str]) -> None:
    assert not starts(parameter, namespace)
    assert parameter not in reported
