import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from structlog.contextvars import bound_contextvars

from acme.app.config import configure_logging


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_every_entry_is_json_and_carries_the_correlation_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    with bound_contextvars(correlation_id="c0ffee"):
        structlog.stdlib.get_logger("acme").info("Book borrowed", book_id="dune")
        logging.getLogger("uvicorn.error").warning("Started server process [%d]", 42)
    ours, uvicorns = map(json.loads, capsys.readouterr().out.splitlines())
    assert ours["correlation_id"] == uvicorns["correlation_id"] == "c0ffee"
    assert (ours["event"], ours["book_id"], ours["level"]) == ("Book borrowed", "dune", "info")
    assert uvicorns["event"] == "Started server process [42]"


def test_debug_decides_the_level(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    structlog.stdlib.get_logger("acme").debug("Unheard")
    configure_logging(debug=True)
    structlog.stdlib.get_logger("acme").debug("Heard")
    assert json.loads(capsys.readouterr().out)["event"] == "Heard"
