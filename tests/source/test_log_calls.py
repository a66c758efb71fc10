"""What is a logger, what is a log call, and what becomes of a logger that is fetched."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall, is_bind_call, is_logger_factory, is_seen_by_ruff
from flake8_pyarch.source.logging.loggers import Fate, Library, fate_of
from tests.source.projects import Project

HEAD = "import logging\nimport structlog\nimport loguru\nfrom loguru import logger as guru\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "shop/__init__.py", extend_logger_names=["audit", "*_trail"])


def read(project: Project, text: str) -> Module:
    return project.module("shop/orders.py", text)


def only_call(project: Project, text: str) -> LogCall:
    (log,) = read(project, HEAD + text).log_calls
    return log


def in_function(text: str, parameters: str = "") -> str:
    return f"async def run({parameters}):\n    {text}\n"


LOG_CALLS = {
    "by name": "logger.info('x')",
    "log": "log.info('x')",
    "_logger": "_logger.info('x')",
    "_log": "_log.info('x')",
    "LOGGER": "LOGGER.info('x')",
    "LOG": "LOG.info('x')",
    "ends with _logger": "audit_logger.info('x')",
    "in any case": "AUDIT_Logger.info('x')",
    "attribute": "self.request.app.logger.info('x')",
    "class attribute": "Service._logger.info('x')",
    "name from the settings": "audit.info('x')",
    "pattern from the settings": "PAPER_TRAIL.info('x')",
    "logging module": "logging.info('x')",
    "call": "logging.getLogger('a').info('x')",
    "structlog call": "structlog.stdlib.get_logger().info('x')",
    "getLogger of structlog": "structlog.getLogger().info('x')",
    "loguru": "loguru.logger.info('x')",
    "loguru by another name": "guru.info('x')",
    "bind chain": "logger.bind(a=1).bind(b=2).info('x')",
    "other chains": "logger.new().unbind('a').try_unbind('b').info('x')",
    "asynchronous": in_function("await logger.ainfo('x')"),
    "bound name": "tracer = structlog.get_logger()\ntracer.info('x')",
    "bound to a bound one": "first = structlog.get_logger()\nsecond = first.bind(a=1)\nsecond.info('x')",
    "either of two": "tracer = given or structlog.get_logger()\ntracer.info('x')",
    "attribute of self": (
        "class Service:\n    def __init__(self): self.tracer = logging.getLogger('a')\n"
        "    def run(self): self.tracer.info('x')"
    ),
    "attribute of the class": (
        "class Service:\n    tracer = logging.getLogger('a')\n    @classmethod\n    def run(cls): cls.tracer.info('x')"
    ),
    "annotated parameter": in_function("tracer.info('x')", "tracer: logging.Logger"),
    "annotated parameter of structlog": in_function("tracer.info('x')", "tracer: structlog.stdlib.BoundLogger | None"),
    "annotated attribute": (
        "class Service:\n    tracer: structlog.typing.FilteringBoundLogger\n    def run(self): self.tracer.info('x')"
    ),
    "lambda": "run = lambda: logger.info('x')",
}


@pytest.mark.parametrize("text", LOG_CALLS.values(), ids=LOG_CALLS)
def test_log_call(project: Project, text: str) -> None:
    assert only_call(project, text).method == "info"


@pytest.mark.parametrize(
    "text",
    [
        "tracer.info('x')",
        "logger('x')",
        "logger.inform('x')",
        "logger.level.name('x')",
        "loggers['a'].info('x')",
        "parser.error('x')",
        "console.log('x')",
        "self.log('loss', 1)",
        "math.log(2)",
        "login.info('x')",
        "dialogue.info('x')",
        "Logger.info('x')",
        "Log.info('x')",
        "blogger.info('x')",
        "info('x')",
        "logging.handlers.info('x')",
        "tracer = unknown()\ntracer.info('x')",
        "def getLogger(): ...\ngetLogger().info('x')",
        "self.get_logger().info('x')",
        in_function("tracer.info('x')", "tracer: Tracer"),
    ],
)
def test_no_log_call(project: Project, text: str) -> None:
    assert read(project, HEAD + text).log_calls == []


METHODS = ["debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "msg"]


@pytest.mark.parametrize("method", METHODS)
def test_methods(project: Project, method: str) -> None:
    assert only_call(project, f"logger.{method}('x')").method == method
    assert only_call(project, in_function(f"await logger.a{method}('x')")).method == method


@pytest.mark.parametrize(
    ("text", "root", "method", "name"),
    [
        ("logging.info('x')", True, "info", "logging.info"),
        ("import logging as l\nl.warn('x')", True, "warn", "l.warn"),
        ("from logging import info\ninfo('x')", True, "info", "info"),
        ("from logging import error as report\nreport('x')", True, "error", "report"),
        ("logging.getLogger().info('x')", False, "info", "logging.getLogger().info"),
        ("logger.bind(a=1).ainfo('x')", False, "info", "logger.ainfo"),
        ("self.logger.info('x')", False, "info", "self.logger.info"),
    ],
)
def test_root_and_name(project: Project, text: str, *, root: bool, method: str, name: str) -> None:
    log = only_call(project, text)
    assert (log.is_root, log.method, log.name) == (root, method, name)


def test_a_name_that_hides_the_imported_function(project: Project) -> None:
    text = "from logging import info\ndef run(info):\n    info('x')\n"
    assert read(project, text).log_calls == []


@pytest.mark.parametrize(
    ("text", "library"),
    [
        ("logger.info('x')", None),
        ("logger = structlog.get_logger()\nlogger.info('x')", Library.STRUCTLOG),
        ("logger = structlog.get_logger('a').bind(b=1)\nlogger.info('x')", Library.STRUCTLOG),
        ("logger = structlog.wrap_logger(logging.getLogger())\nlogger.info('x')", Library.STRUCTLOG),
        ("logger = logging.getLogger()\nlogger.info('x')", Library.LOGGING),
        ("logging.info('x')", Library.LOGGING),
        ("guru.info('x')", Library.LOGURU),
        ("logger = guru.bind(a=1)\nlogger.info('x')", Library.LOGURU),
        ("logger = structlog.get_logger()\nlogger = logging.getLogger()\nlogger.info('x')", None),
        ("logger = given or structlog.get_logger()\nlogger.info('x')", Library.STRUCTLOG),
        ("logger = structlog.get_logger() if a else logging.getLogger()\nlogger.info('x')", None),
        (in_function("logger.info('x')", "logger: structlog.BoundLogger"), Library.STRUCTLOG),
        (in_function("logger.info('x')", "logger: 'Whatever'"), None),
        ("logger = structlog.get_logger()\n" + in_function("logger.info('x')"), Library.STRUCTLOG),
        ("logger = structlog.get_logger()\n" + in_function("logger.info('x')", "logger"), None),
    ],
)
def test_library(project: Project, text: str, library: Library | None) -> None:
    log = only_call(project, text)
    assert log.library is library
    assert log.is_structlog == (library is Library.STRUCTLOG)


@pytest.mark.parametrize(
    ("call", "level", "event", "values"),
    [
        ("logger.info('x')", None, "'x'", []),
        ("logger.info('x', a, b)", None, "'x'", ["a", "b"]),
        ("logger.info('x', *a)", None, "'x'", ["*a"]),
        ("logger.info(*a)", None, None, []),
        ("logger.info(*a, b)", None, None, []),
        ("logger.info()", None, None, []),
        ("logger.info(event='x')", None, "'x'", []),
        ("logger.info(msg='x')", None, "'x'", []),
        ("logger.info('x', event='y', msg='z')", None, "'x'", []),
        ("logger.info(**a)", None, None, []),
        ("logger.log(10, 'x', a)", "10", "'x'", ["a"]),
        ("logger.log(level=10, event='x')", "10", "'x'", []),
        ("logger.log('x', level=10)", "10", "'x'", []),
        ("logger.log(10, event='x')", "10", "'x'", []),
        ("logger.log(10)", "10", None, []),
        ("logger.log()", None, None, []),
        ("logger.log(*a)", None, None, []),
        ("logger.log(10, *a)", None, None, []),
        ("logger.info('x', level=10)", None, "'x'", []),
    ],
)
def test_arguments(project: Project, call: str, level: str | None, event: str | None, values: list[str]) -> None:
    log = only_call(project, call)
    assert log.level is None if level is None else ast.unparse(log.level or ast.Constant(0)) == level
    assert log.event is None if event is None else ast.unparse(log.event or ast.Constant(0)) == event
    assert [ast.unparse(value) for value in log.values] == values


def test_keywords_and_binds(project: Project) -> None:
    log = only_call(project, "logger.bind(a=1).bind(b=2).info('x', c=3, **d)")
    assert [ast.unparse(call.keywords[0]) for call in log.binds] == ["a=1", "b=2"]
    assert ast.unparse(log.logger) == "logger"
    assert log.keyword("a") is None
    assert isinstance(log.keyword("c"), ast.Constant)
    assert log.has_unknown_keywords()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("logger.bind(a=1)", True),
        ("logger.bind(a=1).new(b=2)", True),
        ("structlog.get_logger().bind(a=1)", True),
        ("structlog.contextvars.bind_contextvars(a=1)", True),
        ("from structlog.contextvars import bound_contextvars\nbound_contextvars(a=1)", True),
        ("socket.bind(a=1)", False),
        ("bind_contextvars(a=1)", False),
        ("other.bind_contextvars(a=1)", False),
        ("logger.unbind('a')", False),
    ],
)
def test_bind_call(project: Project, text: str, *, expected: bool) -> None:
    module = read(project, HEAD + text)
    outermost = module.syntax.of(ast.Expr)[-1].value
    assert isinstance(outermost, ast.Call)
    assert is_bind_call(outermost, module) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("logger.info('x')", True),
        ("LOGGER.info('x')", True),
        ("self.logger.info('x')", True),
        ("self._logger.info('x')", True),
        ("log.info('x')", True),
        ("logging.info('x')", True),
        ("from logging import info\ninfo('x')", True),
        ("logging.getLogger().info('x')", True),
        ("from flask import current_app\ncurrent_app.logger.info('x')", True),
        ("_log.info('x')", False),
        ("logger.bind(a=1).info('x')", False),
        ("logger.ainfo('x')", False),
        ("logger.fatal('x')", False),
        ("logger.msg('x')", False),
        ("logging.fatal('x')", False),
        ("structlog.get_logger().info('x')", False),
        ("from shop.logs import logger\nlogger.info('x')", False),
        ("import shop\nshop.logger.info('x')", False),
        ("from loguru import logger\nlogger.info('x')", False),
        ("class Service:\n    logger = 1\nService.logger.info('x')", False),
        ("make().logger.info('x')", False),
    ],
)
def test_what_ruff_sees(project: Project, text: str, *, expected: bool) -> None:
    module = read(project, HEAD + text)
    assert is_seen_by_ruff(module.log_calls[0], module) == expected


def test_get_logger_calls(project: Project) -> None:
    text = (
        HEAD + "from structlog import get_logger as fetch, getLogger\nfrom shop.logs import get_logger\n"
        "a = fetch()\nb = getLogger()\nc = get_logger()\nd = logging.getLogger()\ne = structlog.stdlib.get_logger()\n"
    )
    module = read(project, text)
    found = [(entry.factory, entry.library) for entry in module.get_logger_calls]
    assert sorted(found, key=str) == [
        ("logging.getLogger", Library.LOGGING),
        ("structlog.getLogger", Library.STRUCTLOG),
        ("structlog.get_logger", Library.STRUCTLOG),
        ("structlog.stdlib.get_logger", Library.STRUCTLOG),
    ]
    assert all(is_logger_factory(entry.call, module) for entry in module.get_logger_calls)


@pytest.mark.parametrize(
    ("body", "attributes", "is_named", "is_handed_out"),
    [
        ("logging.getLogger('a').setLevel(1)", {"setLevel"}, False, False),
        ("x = logging.getLogger('a'); x.setLevel(1); x.info('y')", {"setLevel", "info"}, True, False),
        ("x = y = logging.getLogger('a'); x.info('z'); y.propagate = False", {"propagate", "info"}, True, False),
        ("x: object = logging.getLogger('a')", set(), True, False),
        ("if (x := logging.getLogger('a')): x.info('y')", {"info"}, True, False),
        ("for x in (logging.getLogger('a'), logging.getLogger('b')): x.handlers = []", {"handlers"}, True, False),
        ("return logging.getLogger('a')", set(), False, True),
        ("x = logging.getLogger('a'); return x", set(), True, True),
        ("yield logging.getLogger('a')", set(), False, True),
        ("return lambda: logging.getLogger('a')", set(), False, True),
        ("global x; x = logging.getLogger('a')", set(), True, True),
        ("self.x = logging.getLogger('a')", set(), True, False),
        ("return Adapter(logger=logging.getLogger('a'))", set(), False, True),
        ("use(logging.getLogger('a'))", set(), False, False),
        ("x = use(logging.getLogger('a')); x.info('y')", set(), False, False),
    ],
)
def test_fate(project: Project, body: str, attributes: set[str], *, is_named: bool, is_handed_out: bool) -> None:
    module = read(project, f"import logging\ndef run(self):\n    {body}\n")
    fate = fate_of(module.get_logger_calls[0].call, module)
    assert fate == Fate(frozenset(attributes), is_named=is_named, is_handed_out=is_handed_out)
