"""Manifests: nothing that may stand in one breaks the reading."""

from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from flake8_pyarch.settings.model import DEFAULT_STACK
from flake8_pyarch.source.manifests.declarations import Declaration
from flake8_pyarch.source.manifests.manifest import Manifest, read_manifests
from flake8_pyarch.source.manifests.pyproject import read_pyproject
from flake8_pyarch.source.manifests.requirement_tables import Role
from flake8_pyarch.source.manifests.requirements_file import read_requirements
from flake8_pyarch.source.manifests.stack import outdated
from flake8_pyarch.source.text import UnparsableError

WORDS = st.sampled_from(
    [
        *("project", "dependencies", "optional-dependencies", "dependency-groups", "include-group", "tool", "poetry"),
        *("group", "dev-dependencies", "requires-python", "requires-poetry", "dynamic", "uv", "sources", "setuptools"),
        *("constraint-dependencies", "fastapi", "version", "extras", "python", "markers", "git", "optional", "file"),
        *("build-system", "build-backend", "pixi", "source", "content-hash"),
    ]
)
REQUIREMENTS = st.one_of(
    st.sampled_from(
        [
            *(
                "fastapi",
                "fastapi>=0.100",
                "fastapi[all]==0.100; python_version<'3.8'",
                "^0.100",
                "*",
                "~1 || <2",
                "<4",
            ),
            *("fastapi; extra == 'web'", "fastapi; os_name in 'nt posix'", "fastapi @ https://x.y/z.whl", "===x"),
            *(
                "fastapi; python_full_version ~= 'x'",
                "fastapi; implementation_name == 'pypy'",
                "1!2",
                "requirements.txt",
            ),
            *("fastapi; 'x' in extras", "fastapi; platform_release >= '5.4.0-42-generic'", "../x.txt", "poetry.core"),
        ]
    ),
    st.text(max_size=12),
)
CONTENTS = st.recursive(
    st.one_of(REQUIREMENTS, st.booleans(), st.integers(-9, 9), st.dates()),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(WORDS, children, max_size=4),
    max_leaves=20,
)
LINES = st.one_of(
    REQUIREMENTS,
    st.sampled_from(
        ["-r a.txt", "-c b.txt", "-r", "--requirement=c\0", "-e .", "# fastapi", "\\", "fastapi==1 \\", "--x"]
    ),
)


def judged(manifest: Manifest) -> list[str]:
    return [
        each.problem for package, minimum in DEFAULT_STACK.items() for each in outdated([manifest], package, minimum)
    ]


@given(st.dictionaries(WORDS, CONTENTS, max_size=5))
def test_no_table_breaks_it(content: dict[str, object]) -> None:
    files = {"pyproject.toml": tomlkit.dumps(content).encode(), "poetry.lock": b""}
    manifest = Manifest("", lambda path: files.get(path.lstrip("/")))
    judged(manifest)
    assert manifest.pyproject is not None
    assert manifest.lock_problem in {None, "poetry.lock cannot be read"}
    manifest.pyproject.dependencies_place  # noqa: B018 - it is worked out
    manifest.pyproject.poetry_place  # noqa: B018
    manifest.declares("uvicorn")


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_break_it(data: bytes) -> None:
    judged(Manifest("/top", lambda _: data))


@given(st.lists(LINES, max_size=5).map("\n".join), st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"]))
def test_no_requirements_file_breaks_it(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    lines = text.split("\n")
    for each in read_requirements("/top/requirements.txt", "/top", Role.MAIN, lambda _: data):
        assert each.place.line == each.place.end_line <= len(lines) or encoding == "utf-32"


def declared(text: str) -> list[Declaration]:
    return [*read_requirements("/top/requirements.txt", "/top", Role.MAIN, lambda _: text.encode())]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fastapi>=0.100\npydantic\n", ["fastapi", "pydantic"]),
        ("  Fast_API == 0.100  # why\n", ["fast-api"]),
        ("fastapi==0.100 --hash=sha256:a --hash=sha256:b\n", ["fastapi"]),
        ("fastapi==0.100 \\\n    --hash=sha256:a \\\n    --hash=sha256:b\nuvicorn\n", ["fastapi", "uvicorn"]),
        ("fastapi==0.100 \\\n    # via -r requirements.in\nuvicorn\n", ["fastapi", "uvicorn"]),
        ("fastapi==0.100\r\n    # via shop\r\nuvicorn\r\n", ["fastapi", "uvicorn"]),
        ("fastapi @ git+https://github.com/fastapi/fastapi#egg=fastapi\n", ["fastapi"]),
        ("--index-url https://x.y\n-e .\n./wheels/x.whl\nhttps://x.y/z.whl\n${NAME}==1\n", ["https"]),
        ("fastapi>=0.1.*\n", ["fastapi"]),
    ],
)
def test_names_in_requirements_files(text: str, names: list[str]) -> None:
    assert [each.name for each in declared(text)] == names


def test_a_requirements_file_of_windows() -> None:
    data = "fastapi==0.100\r\nuvicorn\r\n".encode("utf-16")
    found = read_requirements("/top/requirements.txt", "/top", Role.MAIN, lambda _: data)
    assert [(each.name, each.place) for each in found] == [("fastapi", (1, 0, 1, 14)), ("uvicorn", (2, 0, 2, 7))]


def test_files_outside_the_project_are_not_read() -> None:
    asked = []

    def read(path: str) -> bytes:
        asked.append(path)
        return b"-r ../secret.txt\n-r /etc/passwd\n-r more/../more.txt\n-r requirements.txt\n"

    assert not [*read_requirements("/top/requirements.txt", "/top", Role.MAIN, read)]
    assert asked == ["/top/requirements.txt", "/top/more.txt"]


@pytest.mark.parametrize(
    ("data", "problem", "line", "column"),
    [
        (b"[project\nname = 1", "Expected ']' at the end of a table declaration", 1, 8),
        (b"[a]\nb = 1 c = 2\n", "Expected newline or end of document after a statement", 2, 6),
        (b"[a]\nb = [\n1,\n", "Invalid value", 3, 0),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "too many levels of arrays and tables", 1, 0),
        (b"a = 1\nb = '\xff'", "byte 11 is not utf-8", 2, 0),
        (b"\xef\xbb\xbf", "Invalid statement", 1, 0),
    ],
)
def test_what_is_no_toml(data: bytes, problem: str, line: int, column: int) -> None:
    with pytest.raises(UnparsableError) as raised:
        read_pyproject("pyproject.toml", data)
    error = raised.value
    assert (error.problem, error.line, error.column) == (problem, line, column)


def test_a_directory_without_settings_has_no_parts(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "part"):
        directory.mkdir(exist_ok=True)
        (directory / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert [each.directory for each in read_manifests(str(tmp_path), lambda _: None)] == [str(tmp_path)]
