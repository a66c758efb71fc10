"""Flake8's door, through Flake8 itself."""

import ast
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from flake8_pyarch.checking import Finding, Linter, Rule, RuleEntry, all_rules, rule_entries
from flake8_pyarch.cli import main
from flake8_pyarch.settings import Source
from flake8_pyarch.source import Module

VIOLATION = "from shop.persistence import models\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A service whose domain imports persistence, at shop/domain/order.py:1:30."""
    for package in ("", "domain", "usecases", "persistence"):
        (tmp_path / "shop" / package).mkdir(exist_ok=True, parents=True)
        (tmp_path / "shop" / package / "__init__.py").touch()
    (tmp_path / "shop" / "domain" / "order.py").write_text(VIOLATION)
    (tmp_path / "pyproject.toml").write_text("[tool.pyarch]\n")
    return tmp_path


def flake8(
    root: Path, *arguments: str, stdin: bytes | None = None, start: str = "-m flake8"
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *start.split(" ", 1), *arguments]
    run = subprocess.run(command, cwd=root, input=stdin, capture_output=True, check=False)
    return subprocess.CompletedProcess(command, run.returncode, run.stdout.decode(), run.stderr.decode())


def codes(run: subprocess.CompletedProcess[str]) -> list[str]:
    assert run.stderr == ""
    return [line.split()[1] for line in run.stdout.splitlines()]


def test_finding_is_reported_at_its_place(project: Path) -> None:
    run = flake8(project, "--select", "PYA", "shop")
    assert run.stdout == (
        "shop/domain/order.py:1:30: PYA101 domain module 'shop.domain.order' imports persistence module "
        "'shop.persistence': depend on an abstraction owned by the domain\n"
    )
    assert run.returncode == 1


@pytest.mark.parametrize("jobs", ["1", "2", "auto"])
def test_jobs_do_not_matter(project: Path, jobs: str) -> None:
    for number in range(8):
        (project / "shop" / "domain" / f"order{number}.py").write_text(VIOLATION)
    assert codes(flake8(project, "--select", "PYA", "--jobs", jobs, "shop")) == ["PYA101"] * 9


def test_spawned_workers_know_the_options(project: Path) -> None:
    (project / "shop" / "domain" / "price.py").write_text(VIOLATION)
    start = "-c import multiprocessing as m, sys\nfrom flake8.main.cli import main\nm.set_start_method('spawn')\nmain()"
    run = flake8(
        project, "--jobs", "2", "--select", "PYA", "--pyarch-type-checking-imports=ignore", "shop", start=start
    )
    assert codes(run) == ["PYA101", "PYA101"]


def test_stdin_is_checked_under_its_display_name(project: Path) -> None:
    path = "shop/domain/price.py"
    run = flake8(project, "--select", "PYA", "--stdin-display-name", path, "-", stdin=VIOLATION.encode())
    assert run.stdout.startswith(f"{path}:1:30: PYA101 ")
    assert codes(flake8(project, "--select", "PYA", "-", stdin=VIOLATION.encode())) == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffrom shop.persistence import models\n",
        b"# -*- coding: latin-1 -*-\n\xe9 = 1\nfrom shop.persistence import models\n",
        "# -*- coding: cp1251 -*-\nимя = 1\nfrom shop.persistence import models\n".encode("cp1251"),
        b"x = 1\r\nfrom shop.persistence import models\r\n",
        b"\x0cfrom shop.persistence import models",
        "é = '𝄞'; from shop.persistence import models\n".encode(),
    ],
)
def test_encodings_and_line_ends(project: Path, content: bytes) -> None:
    (project / "shop" / "domain" / "order.py").write_bytes(content)
    assert codes(flake8(project, "--select", "PYA1", "shop")) == ["PYA101"]


def test_columns_count_characters(project: Path) -> None:
    (project / "shop" / "domain" / "order.py").write_text("é = '𝄞'; " + VIOLATION, encoding="utf-8")
    assert flake8(project, "--select", "PYA1", "shop").stdout.startswith("shop/domain/order.py:1:39: PYA101 ")


def test_file_that_does_not_parse_has_no_findings_of_ours(project: Path) -> None:
    (project / "shop" / "domain" / "order.py").write_text("from shop.persistence import (\n")
    assert codes(flake8(project, "--select", "PYA,E999", "shop")) == ["E999"]


def test_file_outside_any_project(tmp_path: Path) -> None:
    (tmp_path / "loose.py").write_text("from ..x import y\nimport loose\n")
    assert codes(flake8(tmp_path, "--select", "PYA", "loose.py")) == []


def test_empty_file_and_directory_named_like_a_module(project: Path) -> None:
    (project / "shop" / "domain" / "empty.py").touch()
    (project / "shop" / "persistence" / "models.py").mkdir()
    assert codes(flake8(project, "--select", "PYA", "shop")) == ["PYA101"]


class TestSettings:
    """Settings reach the rules, and bad ones stop the run with one error."""

    def test_option_wins_over_the_file(self, project: Path) -> None:
        text = "import typing\nif typing.TYPE_CHECKING:\n    from shop.persistence import models\n"
        (project / "shop" / "domain" / "order.py").write_text(text)
        (project / "pyproject.toml").write_text('[tool.pyarch]\ntype-checking-imports = "count"\n')
        assert codes(flake8(project, "--select", "PYA", "shop")) == ["PYA101"]
        assert codes(flake8(project, "--select", "PYA", "--pyarch-type-checking-imports=ignore", "shop")) == []

    def test_options_in_flake8s_configuration(self, project: Path) -> None:
        (project / "setup.cfg").write_text('[flake8]\nselect = PYA\npyarch-layers = {persistence={packages=["db"]}}\n')
        assert codes(flake8(project, "shop")) == []

    @pytest.mark.parametrize(
        ("file", "content", "message"),
        [
            ("pyproject.toml", "[tool.pyarch]\npresett = 1\n", "unknown key 'presett'; did you mean 'preset'?"),
            ("pyarch.toml", "preset = 'sed'\n", "'preset' is 'sed', expected 'seed', 'clean', 'layers', 'minimal' or "),
            ("pyproject.toml", "[tool.pyarch\n", "cannot be read: "),
        ],
    )
    def test_bad_settings_file(self, project: Path, file: str, content: str, message: str) -> None:
        (project / file).write_text(content)
        run = flake8(project, "shop")
        assert run.returncode == 1
        assert run.stderr == ""
        assert run.stdout.startswith(
            f"There was a critical error during execution of Flake8:\n{project / file}: {message}"
        )
        assert "Traceback" not in run.stdout
        assert "order.py" not in run.stdout

    @pytest.mark.parametrize(
        ("option", "message"),
        [
            ("pyarch-preset = sed", "option pyarch-preset: 'preset' is 'sed', expected 'seed', "),
            ("pyarch_presett = seed", ": unknown option 'pyarch_presett'; did you mean 'pyarch-preset'?"),
            ("pyarch-max-module-lines = x", "option pyarch-max-module-lines: 'max-module-lines' is 'x', expected a "),
        ],
    )
    @pytest.mark.parametrize("file", ["setup.cfg", "tox.ini", ".flake8"])
    def test_bad_option_in_flake8s_configuration(self, project: Path, file: str, option: str, message: str) -> None:
        (project / file).write_text(f"[flake8]\n{option}\n")
        run = flake8(project, "shop")
        assert run.returncode == 1
        assert str(project / file) in run.stdout
        assert message in run.stdout

    def test_bad_option_on_the_command_line(self, project: Path) -> None:
        run = flake8(project, "--pyarch-preset", "sed", "shop")
        assert run.returncode == 1
        assert "\ncommand line, --pyarch-preset: 'preset' is 'sed'" in run.stdout

    def test_bad_settings_of_a_nested_project_stop_the_run(self, project: Path) -> None:
        (project / "other").mkdir()
        (project / "other" / "pyproject.toml").write_text("[tool.pyarch]\nsrc = 1\n")
        run = flake8(project, ".")
        assert run.returncode == 1
        assert f"{project / 'other' / 'pyproject.toml'}: 'src' is 1, expected a list" in run.stdout
        assert "order.py" not in run.stdout

    def test_exclude_and_per_file_ignores(self, project: Path) -> None:
        (project / "pyproject.toml").write_text('[tool.pyarch]\nextend-exclude = ["shop/dom*"]\n')
        assert codes(flake8(project, "--select", "PYA", "shop")) == []
        (project / "pyproject.toml").write_text('[tool.pyarch.per-file-ignores]\n"shop/domain/*.py" = ["PYA10"]\n')
        assert codes(flake8(project, "--select", "PYA", "shop")) == []
        (project / "pyproject.toml").write_text('[tool.pyarch.per-file-ignores]\n"shop/usecases/*" = ["PYA10"]\n')
        assert codes(flake8(project, "--select", "PYA", "shop")) == ["PYA101"]


class TestSelection:
    """A rule that is off by default runs only when it is asked for by more than its family."""

    @pytest.fixture
    def entity(self, project: Path) -> Path:
        """A project with a finding of PYA112, which is off by default."""
        (project / "shop" / "domain" / "order.py").unlink()
        (project / "shop" / "domain" / "entities").mkdir()
        text = "class Order:\n    def total(self) -> int:\n        return 0\n"
        (project / "shop" / "domain" / "entities" / "order.py").write_text(text)
        (project / "shop" / "domain" / "entities" / "__init__.py").touch()
        return project

    @pytest.mark.parametrize(
        ("settings", "arguments", "expected"),
        [
            ("", ["--select", "PYA"], []),
            ("", ["--select", "PYA1"], []),
            ("", ["--ignore", "E,F,W", "--extend-select", "PYA1"], []),
            ("", ["--select", "PYA112"], ["PYA112"]),
            ("", ["--select", "PYA11"], ["PYA112"]),
            ("", ["--ignore", "E,W,F", "--extend-select", "PYA112"], ["PYA112"]),
            ('extend-select = ["PYA112"]', ["--ignore", "E,W,F"], ["PYA112"]),
            ('extend-select = ["PYA112"]', ["--select", "PYA"], ["PYA112"]),
            ('extend-select = ["PYA112"]', ["--select", "E"], []),
            ('extend-select = ["PYA112"]', ["--extend-ignore", "PYA1,E,W,F"], []),
            ('preset = "strict"', ["--select", "PYA1"], ["PYA112"]),
            ('preset = "minimal"', ["--select", "PYA"], []),
        ],
    )
    def test_off_by_default(self, entity: Path, settings: str, arguments: list[str], expected: list[str]) -> None:
        (entity / "pyproject.toml").write_text(f"[tool.pyarch]\n{settings}\n")
        assert codes(flake8(entity, *arguments, "shop")) == expected

    def test_no_code_of_ours_is_reported_when_flake8_deselects_it(self, project: Path) -> None:
        assert codes(flake8(project, "--select", "PYA6", "shop")) == []
        assert "PYA101" in flake8(project, "shop").stdout


class Crashing(Rule):
    """Fails on every import."""

    code = "PYA199"
    message = "never"

    def visit_ImportFrom(self, node: ast.ImportFrom, module: Module) -> list[Finding]:
        del node, module
        raise ZeroDivisionError


def test_crash_of_one_rule_leaves_the_others(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crashing = RuleEntry("layers.crashing", "Crashing", "PYA199", ("ImportFrom",), {})
    rules: dict[str, Rule] = {rule.code: rule for rule in (*all_rules(), Crashing())}
    monkeypatch.setattr(RuleEntry, "rule", property(lambda entry: rules[entry.code]))
    for module in ("linter", "project"):
        monkeypatch.setattr(f"flake8_pyarch.checking.{module}.rule_entries", lambda: (*rule_entries(), crashing))
    path = project / "shop" / "domain" / "order.py"

    def check(**settings: object) -> list[tuple[int, int, str, str]]:
        stated = {key.replace("_", "-"): value for key, value in settings.items()}
        found = Linter([Source("test", stated)]).check(str(path), ast.parse(VIOLATION), [VIOLATION])
        return [(finding.line, finding.column, finding.code, finding.message) for finding in found]

    crash = (1, 0, "PYA000", "rule PYA199 (crashing) failed with ZeroDivisionError: please report this as a bug")
    assert [entry[2] for entry in check(select=["PYA1"])] == ["PYA000", "PYA101"]
    assert check(select=["PYA199"]) == [crash]
    assert check(select=["PYA199"], ignore=["PYA0"]) == [crash]
    assert check(select=["PYA199"], ignore=["PYA000"]) == []
    assert check(select=["PYA199"], per_file_ignores={"shop/domain/*.py": ["PYA199"]}) == []


@pytest.mark.parametrize("shape", ["a" + " + a" * 5000, "a" + ".b" * 5000, "a" + "()" * 5000, "a" + "[0]" * 5000])
def test_deep_expressions(project: Path, shape: str) -> None:
    text = textwrap.dedent(f"""\
        import logging

        logger = logging.getLogger(__name__)


        def total(a, b):
            logger.info({shape})
            return {shape}
        """)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    try:
        tree = ast.parse(text)
    finally:
        sys.setrecursionlimit(limit)
    linter = Linter([Source("test", {"preset": "strict"})])
    found = linter.check(str(project / "shop" / "domain" / "deep.py"), tree, text.splitlines(keepends=True))
    assert "PYA000" not in {finding.code for finding in found}


def test_baseline_is_obeyed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order, price = (project / "shop" / "domain" / name for name in ("order.py", "price.py"))
    order.write_text(f"{VIOLATION.rstrip()}  # noqa: PYA101\n{VIOLATION}")
    monkeypatch.chdir(project)
    assert main(["check", "--update-baseline", "--quiet"]) == 0
    assert codes(flake8(project, "--select", "PYA", "shop")) == []
    order.write_text(f"# moved\n{VIOLATION}{VIOLATION}")
    price.write_text(VIOLATION)
    run = flake8(project, "--select", "PYA", "shop")
    assert [line.partition(" ")[0] for line in run.stdout.splitlines()] == [
        "shop/domain/order.py:3:30:",
        "shop/domain/price.py:1:30:",
    ]


def test_baseline_is_obeyed_for_files_that_are_no_python(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = '[project]\nname = "shop"\nrequires-python = ">=3.8"\ndependencies = ["fastapi"]\n'
    (project / "pyproject.toml").write_text(f'{manifest}[tool.pyarch]\nselect = ["PYA801"]\n')
    assert codes(flake8(project, "--select", "PYA", "shop")) == ["PYA801"]
    monkeypatch.chdir(project)
    assert main(["check", "--update-baseline", "--quiet"]) == 0
    assert codes(flake8(project, "--select", "PYA", "shop")) == []


def test_baseline_that_cannot_be_read_ends_the_run(project: Path) -> None:
    (project / ".pyarch-baseline.json").write_text("{")
    run = flake8(project, "--select", "PYA", "shop")
    assert run.returncode == 1
    assert run.stdout == (
        f"There was a critical error during execution of Flake8:\n{project}/.pyarch-baseline.json: the baseline cannot "
        "be read: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)\n"
    )


def test_help_shows_the_options() -> None:
    run = flake8(Path.cwd(), "--help")
    assert run.stderr == ""
    assert "flake8-pyarch:\n" in run.stdout
    assert "--pyarch-use-case-style" in run.stdout
