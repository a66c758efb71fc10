"""The example service is clean, and its twin has the mistakes that its table lists and no others."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from flake8_pyarch.checking import all_rules

EXAMPLE = Path(__file__).parent.parent / "docs" / "example"
MISTAKES = EXAMPLE / "library_with_mistakes"
CODES = {rule.code for rule in all_rules() if rule.in_flake8}

_ROW = re.compile(r"^\| `(?P<path>[^`]+\.py)` \| `(?P<symbol>[^`]+)` \| (?P<codes>[\w, -]+) \| .+ \|$", re.MULTILINE)
_REPORT = re.compile(r"^\./(?P<path>.+\.py):(?P<row>\d+):\d+: (?P<code>\w+) .+$")


@dataclass(frozen=True)
class Mistake:
    """A row of the table: the line that holds the symbol is to be reported under the code."""

    path: str
    symbol: str
    code: str


@dataclass(frozen=True)
class Reported:
    """A line of Flake8's output, and the line of source it is about."""

    text: str
    path: str
    code: str
    source: str

    def is_about(self, mistake: Mistake) -> bool:
        return (self.path, self.code) == (mistake.path, mistake.code) and mistake.symbol in self.source


def run_flake8(project: Path) -> list[Reported]:
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "PYA,E999", "."]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    found = []
    for text in run.stdout.splitlines():
        match = _REPORT.match(text)
        assert match, text
        source = lines_of(match["path"], project)[int(match["row"]) - 1]
        found.append(Reported(text, match["path"], match["code"], source))
    return found


def lines_of(path: str, project: Path = MISTAKES) -> list[str]:
    return (project / path).read_text(encoding="utf-8").splitlines()


def listed_mistakes() -> list[Mistake]:
    text = (MISTAKES / "README.md").read_text(encoding="utf-8")
    rows = list(_ROW.finditer(text))
    assert len(rows) == text.count("\n| `"), "a row is not written as the others are"
    return [Mistake(row["path"], row["symbol"], code) for row in rows for code in row["codes"].split(", ")]


@pytest.fixture(scope="module")
def listed() -> list[Mistake]:
    return listed_mistakes()


@pytest.fixture(scope="module")
def reported() -> list[Reported]:
    return run_flake8(MISTAKES)


def test_the_example_is_clean() -> None:
    assert [finding.text for finding in run_flake8(EXAMPLE / "library")] == []


def test_its_own_tests_pass() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=EXAMPLE / "library", capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_service_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": "src", "API_PORT": str(port), "SECURITY_TOKEN": "of-the-test"}
    command = [sys.executable, "-m", "acme.app"]
    with subprocess.Popen(command, cwd=EXAMPLE / "library", env=environment, stdout=subprocess.DEVNULL) as service:
        try:
            answers = [ask(port, token) for token in ("of-the-test", "another")]
        finally:
            service.terminate()
    assert [status for status, _ in answers] == [200, 401]
    assert answers[0][1]["title"] == "Dune"


def ask(port: int, token: str) -> tuple[int, dict[str, str]]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("POST", "/books/dune/borrow", '{"borrower_id": "ada"}', headers)
            response = connection.getresponse()
            return response.status, json.load(response)
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError


def test_the_table_speaks_of_what_is_there(listed: list[Mistake]) -> None:
    assert [mistake for mistake in listed if not any(mistake.symbol in line for line in lines_of(mistake.path))] == []


def test_every_listed_mistake_is_reported(listed: list[Mistake], reported: list[Reported]) -> None:
    missed = [
        mistake
        for mistake in listed
        if mistake.code in CODES and not any(finding.is_about(mistake) for finding in reported)
    ]
    assert missed == []


def test_nothing_else_is_reported(listed: list[Mistake], reported: list[Reported]) -> None:
    unlisted = [finding.text for finding in reported if not any(finding.is_about(mistake) for mistake in listed)]
    assert unlisted == []


def test_the_readme_shows_what_flake8_says(reported: list[Reported]) -> None:
    shown = [line for line in lines_of("README.md", EXAMPLE) if line.startswith("./src/")]
    assert shown == [finding.text for finding in reported if finding.code == "PYA101"]
