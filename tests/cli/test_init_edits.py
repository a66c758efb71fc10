"""What `pyarch init` does to files that people wrote: it adds, and leaves the rest as it is."""

from pathlib import Path

import pytest

from flake8_pyarch import __version__
from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.tools import TOOLS
from flake8_pyarch.settings import ConfigurationError

REQUIREMENT = f"flake8-pyarch=={__version__}"
HOOK = f"""\
- repo: local
  hooks:
    - id: pyarch
      name: pyarch
      entry: pyarch check
      language: python
      additional_dependencies: [{REQUIREMENT}]
      types: [python]
      require_serial: true
"""


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" for line in text.splitlines(keepends=True))


def edited(root: Path, tool: str, name: str, text: str) -> str:
    """Return what a file becomes; a second edit must leave it as it is."""
    (root / name).write_text(text)
    drafts = Drafts(str(root))
    TOOLS[tool].edit(drafts)
    (root / name).write_text(drafts.text(name))
    drafts = Drafts(str(root))
    TOOLS[tool].edit(drafts)
    assert drafts.changes() == []
    return drafts.text(name)


def refused(root: Path, tool: str, name: str, text: str) -> str:
    (root / name).write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        TOOLS[tool].edit(Drafts(str(root)))
    assert caught.value.origin == str(root / name)
    return caught.value.problem


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[flake8]\nmax-line-length = 100\n", "[flake8]\nmax-line-length = 100\n"),
        ("[flake8]\nselect = E,PY\n", "[flake8]\nselect = E,PY\n"),
        ("[flake8]\nselect = E\nextend_select = PYA\n", "[flake8]\nselect = E\nextend_select = PYA\n"),
        (
            "[flake8]\nselect = E\n# why\n\n[other]\nx = 1\n",
            "[flake8]\nselect = E\n# why\nextend-select = PYA\n\n[other]\nx = 1\n",
        ),
        ("[flake8]\nselect=E\nextend-select=B,C", "[flake8]\nselect=E\nextend-select=B,C,PYA\n"),
        ("[flake8]\nselect=E\nextend_select: B\n", "[flake8]\nselect=E\nextend_select: B, PYA\n"),
        ("[flake8]\nselect=E\nextend-select =\n", "[flake8]\nselect=E\nextend-select = PYA\n"),
        (
            "[flake8]\nselect=E\nextend-select =\n    # bugbear\n    B,\n    C\n\nignore = E1\n",
            "[flake8]\nselect=E\nextend-select =\n    # bugbear\n    B,\n    C,\n    PYA\n\nignore = E1\n",
        ),
    ],
)
def test_flake8(tmp_path: Path, before: str, after: str) -> None:
    assert edited(tmp_path, "flake8", "tox.ini", before) == after


def test_flake8_file_that_is_no_ini(tmp_path: Path) -> None:
    assert refused(tmp_path, "flake8", "setup.cfg", "[flake8]\nselect = E\noops\n") == (
        "cannot be read: Source contains parsing errors: 'the file' [line 3]: 'oops\\n'"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[tool.ruff]\nline-length = 99\n",
            '[tool.ruff]\nline-length = 99\n\n[tool.ruff.lint]\nexternal = ["PYA", "PYX"]\n',
        ),
        (
            '[tool.ruff.lint]\nselect = ["E"] # all\n\n[tool.x]\n',
            '[tool.ruff.lint]\nselect = ["E"] # all\nexternal = ["PYA", "PYX"]\n\n[tool.x]\n',
        ),
        ('[tool.ruff]\nlint.select = ["E"]\n', '[tool.ruff]\nlint.select = ["E"]\nlint.external = ["PYA", "PYX"]\n'),
        (
            '[tool.ruff.lint]\nexternal = [\n  "V", # vulture\n]\n',
            '[tool.ruff.lint]\nexternal = [\n  "V", # vulture\n  "PYA",\n  "PYX",\n]\n',
        ),
        ('[tool.ruff]\nexternal = ["V"]\n', '[tool.ruff]\nexternal = ["V", "PYA", "PYX"]\n'),
    ],
)
def test_ruff(tmp_path: Path, before: str, after: str) -> None:
    assert edited(tmp_path, "ruff", "pyproject.toml", before) == after


def test_ruff_list_of_the_file_that_is_extended(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.ruff]\nextend = "shared/ruff.toml"\n')
    (tmp_path / "shared" / "ruff.toml").write_text('extend = "base.toml"\n')
    before = '[lint]\nexternal = ["V"]\n'
    assert edited(tmp_path, "ruff", "shared/base.toml", before) == '[lint]\nexternal = ["V", "PYA", "PYX"]\n'


@pytest.mark.parametrize("base", ["ruff.toml", "../ruff.toml", "/ruff.toml", "nowhere.toml"])
def test_ruff_file_that_extends_what_cannot_be_edited(tmp_path: Path, base: str) -> None:
    before = f'extend = "{base}"\n'
    assert edited(tmp_path, "ruff", "ruff.toml", before) == f'{before}\n[lint]\nexternal = ["PYA", "PYX"]\n'


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pyproject.toml", '[tool.mypy]\nplugins = ["a"]\n', '[tool.mypy]\nplugins = ["a", "mypy_pyarch"]\n'),
        ("pyproject.toml", '[tool.mypy]\nplugins = "a"\n', '[tool.mypy]\nplugins = "a, mypy_pyarch"\n'),
        ("mypy.ini", "[mypy]\nplugins = a\n[mypy-x.*]\n", "[mypy]\nplugins = a, mypy_pyarch\n[mypy-x.*]\n"),
        ("setup.cfg", "[mypy]\nplugins =\n  a,\n  b\n", "[mypy]\nplugins =\n  a,\n  b,\n  mypy_pyarch\n"),
    ],
)
def test_mypy(tmp_path: Path, name: str, before: str, after: str) -> None:
    assert edited(tmp_path, "mypy", name, before) == after


def test_mypy_hook_gets_the_plugin_as_well(tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = mypy_pyarch\n")
    hooks = "repos:\n  - repo: mirror\n    hooks:\n      - id: mypy\n"
    assert edited(tmp_path, "mypy", ".pre-commit-config.yaml", hooks) == (
        f"{hooks}        additional_dependencies: [{REQUIREMENT}]\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"repos:\n{indented(HOOK, 2)}"),
        ("repos:\n- repo: a\n  hooks:\n  - id: b\n", f"repos:\n- repo: a\n  hooks:\n  - id: b\n{HOOK}"),
        (
            "repos:\n  - repo: a\n    hooks:\n      - id: b\n        args: [x]  # why\n\n# end\nci:\n  skip: [b]\n",
            (
                "repos:\n  - repo: a\n    hooks:\n      - id: b\n        args: [x]  # why\n"
                f"{indented(HOOK, 2)}\n# end\nci:\n  skip: [b]\n"
            ),
        ),
        (
            "repos:\n- repo: a\n  hooks:\n  - id: b\n    entry: |\n      x\n      y\n\n",
            f"repos:\n- repo: a\n  hooks:\n  - id: b\n    entry: |\n      x\n      y\n{HOOK}\n",
        ),
    ],
)
def test_pre_commit_hook(tmp_path: Path, before: str, after: str) -> None:
    assert edited(tmp_path, "pre-commit", ".pre-commit-config.yaml", before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: flake8\n", f"- id: flake8\n  additional_dependencies: [{REQUIREMENT}]\n"),
        ("- {id: flake8}\n", f"- {{id: flake8, additional_dependencies: [{REQUIREMENT}]}}\n"),
        (
            "- id: flake8\n  additional_dependencies: [a==1]  # why\n",
            f"- id: flake8\n  additional_dependencies: [a==1, {REQUIREMENT}]  # why\n",
        ),
        (
            "- id: flake8\n  additional_dependencies: [\n    a==1,\n  ]\n",
            f"- id: flake8\n  additional_dependencies: [\n    a==1, {REQUIREMENT},\n  ]\n",
        ),
        (
            "- id: flake8\n  additional_dependencies:\n  - a==1  # why\n  # more\n  exclude: x\n",
            f"- id: flake8\n  additional_dependencies:\n  - a==1  # why\n  - {REQUIREMENT}\n  # more\n  exclude: x\n",
        ),
        (
            "- id: flake8\n  additional_dependencies: []\n",
            f"- id: flake8\n  additional_dependencies: [{REQUIREMENT}]\n",
        ),
        ("- id: flake8\n  language: system\n", "- id: flake8\n  language: system\n"),
    ],
)
def test_pre_commit_flake8_hook(tmp_path: Path, before: str, after: str) -> None:
    top = "repos:\n- repo: a\n  hooks:\n"
    found = edited(tmp_path, "pre-commit", ".pre-commit-config.yaml", top + indented(before, 2))
    assert found == top + indented(after, 2)


def test_pre_commit_file_that_cannot_be_edited(tmp_path: Path) -> None:
    name = ".pre-commit-config.yaml"
    assert refused(tmp_path, "pre-commit", name, "repos: [\n") == (
        "cannot be read: expected the node content, but found '<stream end>' (at line 2, column 1)"
    )
    problem = refused(tmp_path, "pre-commit", name, "repos: []\n")
    assert problem == f"is written in a way that init cannot edit; add by hand:\n{HOOK.rstrip()}"


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        ("image: python\n", ""),
        ("stages: [build, test]\n", ""),
        ("stages:\n  - build # first\n  - deploy\nx:\n  script: !reference [a, b]\n", "  stage: build\n"),
    ],
)
def test_gitlab(tmp_path: Path, before: str, stage: str) -> None:
    found = edited(tmp_path, "gitlab", ".gitlab-ci.yml", before)
    assert found.startswith(f"{before}\npyarch:\n{stage}  image: python:")


def test_github_workflow_is_made_once(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    assert edited(tmp_path, "github", ".github/workflows/pyarch.yml", "mine\n") == "mine\n"
