"""`pyarch init`: what it proposes, asks and writes."""

import io
import os
from pathlib import Path

import pytest

from flake8_pyarch import __version__
from flake8_pyarch.cli import main
from flake8_pyarch.settings import forget_settings

PYPROJECT = """\
# The shop.
[project]
name = "shop"  # its name

[tool.black]
line-length = 100
"""
VIOLATION = "from shop.persistence import models\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service with a violation in its domain; nobody answers questions."""
    for package in ("", "domain", "usecases", "persistence", "misc"):
        (tmp_path / "shop" / package).mkdir(exist_ok=True)
        (tmp_path / "shop" / package / "__init__.py").touch()
    (tmp_path / "shop" / "domain" / "order.py").write_text(VIOLATION)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.input", _no_answer)
    forget_settings()
    return tmp_path


def _no_answer(question: str) -> str:
    raise EOFError(question)


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let the questions be answered in turn, and return the list that the questions go into."""
    asked: list[str] = []
    left = list(answers)

    def reply(question: str) -> str:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr("builtins.input", reply)
    return asked


def files(root: Path) -> dict[str, str]:
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and ".pyarch_cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text() for path in paths}


def test_dry_run_says_what_was_found_and_shows_the_diff(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert main(["init", "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "Found 6 modules and 0 test files.\n"
        "Layers, by the names of directories:\n"
        "  domain            2  shop.domain\n"
        "  application       1  shop.usecases\n"
        "  persistence       1  shop.persistence\n"
        "  no layer          1  shop.misc\n"
        "The rules about layers leave what has no layer alone, until [tool.pyarch.layers.<name>] names it under "
        "extend-packages.\n"
        "Proposed settings:\n"
        '  preset = "clean"\n'
        "    there are no use-case classes, so no house style is assumed\n"
        "\n"
        "--- a/pyproject.toml\n"
        "+++ b/pyproject.toml\n"
        "@@ -4,3 +4,6 @@\n"
        " \n"
        " [tool.black]\n"
        " line-length = 100\n"
        "+\n"
        "+[tool.pyarch]\n"
        '+preset = "clean"\n'
    )
    assert files(project) == before


def test_nothing_that_is_shown_steers_the_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "shop" / "\x1b[2J").mkdir()
    (project / "shop" / "\x1b[2J" / "one.py").touch()
    (project / "pyproject.toml").write_text("# \x9b2J\n".replace("\x9b", "\u202e"))
    assert main(["init", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "shop.␛[2J" in out
    assert not {"\x1b", "\u202e"} & {*out}


def test_yes_writes_settings_and_a_baseline_and_a_second_run_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    assert main(["init", "--yes"]) == 0
    out = capsys.readouterr().out
    assert "1\tPYA101\toutward-import\n" in out
    after = files(project)
    assert after.pop(".pyarch-baseline.json").count("PYA101") == 1
    assert after == {**before, "pyproject.toml": f'{PYPROJECT}\n[tool.pyarch]\npreset = "clean"\n'}
    assert main(["check"]) == 0
    after = files(project)
    assert main(["init", "--yes"]) == 0
    assert files(project) == after
    (project / "shop" / "domain" / "price.py").write_text(VIOLATION)
    assert main(["check", "--quiet"]) == 1


def test_questions_on_writing_and_on_the_baseline(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = answer(monkeypatch, "y", "n")
    assert main(["init"]) == 0
    assert asked == [
        "\nWrite pyproject.toml? [y/N] ",
        "\nAccept all that for now, in .pyarch-baseline.json, and report only what is new? [y/N] ",
    ]
    assert "Wrote pyproject.toml." in capsys.readouterr().out
    assert ".pyarch-baseline.json" not in files(project)


def test_no_answer_on_the_baseline_means_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["init"]) == 0
    assert "[tool.pyarch]" in files(project)["pyproject.toml"]
    assert ".pyarch-baseline.json" not in files(project)


@pytest.mark.parametrize("reply", ["", "n", "what?"])
def test_anything_but_yes_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    before = files(project)
    answer(monkeypatch, reply)
    assert main(["init"]) == 0
    assert files(project) == before


def test_where_nobody_answers_nothing_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert main(["init"]) == 2
    assert capsys.readouterr().err == (
        "pyarch: error: pyarch init: asks before it writes, and nobody answered: pass --yes to write, or --dry-run to "
        "look\n"
    )
    assert files(project) == before


@pytest.mark.parametrize(("option", "accepted"), [("--baseline", True), ("--no-baseline", False)])
def test_options_decide_on_the_baseline(
    project: Path, monkeypatch: pytest.MonkeyPatch, option: str, *, accepted: bool
) -> None:
    answer(monkeypatch, "y")
    assert main(["init", option]) == 0
    assert (".pyarch-baseline.json" in files(project)) == accepted


def test_settings_that_are_there_stay(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "pyproject.toml").write_text(f"{PYPROJECT}[tool.pyarch]\n")
    before = files(project)
    assert main(["init", "--yes", "--no-baseline"]) == 0
    assert capsys.readouterr().out.startswith("The settings are there already.\n")
    assert files(project) == before


def test_project_without_violations_needs_no_baseline(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "shop" / "domain" / "order.py").write_text("")
    assert main(["init", "--yes"]) == 0
    assert capsys.readouterr().out.endswith("Wrote pyproject.toml.\n\nWhat `pyarch check` finds:\nnothing\n")
    assert ".pyarch-baseline.json" not in files(project)


def test_without_pyproject_the_settings_have_a_file_of_their_own(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    assert main(["init", "--yes", "--no-baseline", "--preset", "layers"]) == 0
    assert files(project)["pyarch.toml"] == 'preset = "layers"\n'
    assert main(["check", "--quiet"]) == 1


def test_project_that_is_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "nowhere"]) == 2
    assert capsys.readouterr().err == "pyarch: error: command line: 'nowhere' does not exist\n"
    assert main(["init", "pyproject.toml"]) == 2
    assert capsys.readouterr().err == "pyarch: error: command line: 'pyproject.toml' is no directory\n"
    assert "nowhere" not in os.listdir(project)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[project]\nname = \n", "cannot be read: Invalid value (at line 2, column 8)"),
        (b"[project]\nname = '\xff'\n", "cannot be read: byte 18 is not UTF-8"),
        (
            b"tool = {black = {}}\n",
            'is written in a way that init cannot edit; add by hand:\n[tool.pyarch]\npreset = "clean"\n',
        ),
    ],
)
def test_pyproject_that_cannot_be_edited(
    project: Path, capsys: pytest.CaptureFixture[str], content: bytes, problem: str
) -> None:
    (project / "pyproject.toml").write_bytes(content)
    assert main(["init", "--yes"]) == 2
    assert capsys.readouterr().err == f"pyarch: error: {project}/pyproject.toml: {problem}\n"
    assert (project / "pyproject.toml").read_bytes() == content


def test_link_that_leads_out_of_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "pyproject.toml"
    outside.write_text(PYPROJECT)
    (project / "pyproject.toml").unlink()
    (project / "pyproject.toml").symlink_to(outside)
    assert main(["init", "--yes"]) == 2
    assert "is a link that leads out of the project" in capsys.readouterr().err
    assert outside.read_text() == PYPROJECT


def test_directory_that_leads_out_of_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / ".github").symlink_to(outside)
    assert main(["init", "--yes", "--github"]) == 2
    assert "is a link that leads out of the project" in capsys.readouterr().err
    assert os.listdir(outside) == []


def test_file_that_changes_meanwhile_is_left_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def meddle(question: str) -> str:
        del question
        (project / "pyproject.toml").write_text("# mine\n")
        return "y"

    monkeypatch.setattr("builtins.input", meddle)
    assert main(["init"]) == 2
    assert "not written, for it has changed meanwhile; run init again" in capsys.readouterr().err
    assert (project / "pyproject.toml").read_text() == "# mine\n"


def test_line_endings_stay(project: Path) -> None:
    (project / "pyproject.toml").write_bytes(PYPROJECT.replace("\n", "\r\n").encode())
    assert main(["init", "--yes", "--no-baseline"]) == 0
    wanted = f'{PYPROJECT}\n[tool.pyarch]\npreset = "clean"\n'.replace("\n", "\r\n")
    assert (project / "pyproject.toml").read_bytes().decode() == wanted


def test_tools_that_the_project_uses_are_set_up(project: Path) -> None:
    (project / "ruff.toml").write_text("line-length = 100\n")
    (project / ".flake8").write_text("[flake8]\nselect = E,F\n")
    (project / ".pre-commit-config.yaml").write_text("repos:\n- repo: local\n  hooks:\n  - id: flake8\n")
    (project / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    before = files(project)
    assert main(["init", "--yes", "--no-baseline"]) == 0
    after = files(project)
    changed = {name: after[name] for name in after if after[name] != before.get(name)}
    del changed["pyproject.toml"]
    assert changed == {
        "ruff.toml": 'line-length = 100\n\n[lint]\nexternal = ["PYA", "PYX"]\n',
        ".flake8": "[flake8]\nselect = E,F\nextend-select = PYA\n",
        ".pre-commit-config.yaml": (
            "repos:\n- repo: local\n  hooks:\n  - id: flake8\n"
            f"    additional_dependencies: [flake8-pyarch=={__version__}]\n"
        ),
    }


def test_tool_that_lacks_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".flake8").write_text("[flake8]\nmax-line-length = 100\n")
    assert main(["init", "--dry-run", "--flake8", "--github"]) == 0
    assert "\nNothing is missing for --flake8.\n\n--- a/pyproject.toml" in capsys.readouterr().out


def test_tools_that_are_named_are_set_up_and_no_others(project: Path) -> None:
    (project / "ruff.toml").write_text("line-length = 100\n")
    assert main(["init", "--yes", "--no-baseline", "--flake8", "--pre-commit", "--mypy", "--github", "--gitlab"]) == 0
    after = files(project)
    assert after["ruff.toml"] == "line-length = 100\n"
    assert after["pyproject.toml"] == (
        f'{PYPROJECT}\n[tool.pyarch]\npreset = "clean"\n\n[tool.mypy]\nplugins = ["mypy_pyarch"]\n'
    )
    assert after[".flake8"] == "[flake8]\nselect = PYA,E999\nextend-exclude = .venv,venv\n"
    assert "entry: pyarch check\n" in after[".pre-commit-config.yaml"]
    assert "run: pyarch check --output-format github\n" in after[".github/workflows/pyarch.yml"]
    assert "codequality: gl-code-quality-report.json\n" in after[".gitlab-ci.yml"]
    assert main(["init", "--yes", "--no-baseline", "--flake8", "--pre-commit", "--mypy", "--github", "--gitlab"]) == 0
    assert files(project) == after


IMPORT_LINTER = """\
[importlinter]
root_package = shop
exclude_type_checking_imports = True

[importlinter:contract:1]
name = Layers of the shop
type = layers
layers =
    shop.persistence
    shop.usecases
    shop.domain

[importlinter:contract:2]
name = Ours
type = ours
"""
CONTRACTS = """\
[[tool.pyarch.contracts]]
name = "Layers of the shop"
type = "layers"
layers = ["shop.persistence", "shop.usecases", "shop.domain"]
"""


def test_contracts_of_import_linter_are_taken_over(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / ".importlinter").write_text(IMPORT_LINTER)
    assert main(["init", "--yes", "--no-baseline", "--from-import-linter"]) == 0
    out = capsys.readouterr().out
    assert f"Found 1 contract in {project}/.importlinter.\n  left out: contract 'Ours' has a type of its own" in out
    after = files(project)
    assert after["pyproject.toml"] == (
        f'{PYPROJECT}\n[tool.pyarch]\npreset = "clean"\ntype-checking-imports = "ignore"\n\n{CONTRACTS}'
    )
    assert main(["init", "--yes", "--no-baseline", "--from-import-linter"]) == 0
    assert files(project) == after


def test_contracts_are_taken_over_into_settings_that_are_there(project: Path) -> None:
    (project / "setup.cfg").write_text(IMPORT_LINTER)
    settings = '[tool.pyarch] # ours\nignore = ["PYA2"]\n\n[tool.pyarch.layers.api]\nextend-packages = ["usecases"]\n'
    (project / "pyproject.toml").write_text(settings)
    assert main(["init", "--yes", "--no-baseline", "--from-import-linter"]) == 0
    assert files(project)["pyproject.toml"] == (
        settings.replace('["PYA2"]\n', '["PYA2"]\ntype-checking-imports = "ignore"\n') + f"\n{CONTRACTS}"
    )


def test_contracts_that_are_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--yes", "--from-import-linter"]) == 2
    assert capsys.readouterr().err == (
        f"pyarch: error: command line, --from-import-linter: there is no configuration of import-linter in {project}\n"
    )
