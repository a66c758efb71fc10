"""Settings: what they accept, where they come from, how they add up, and what they say when they are wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.settings import (
    ConfigurationError,
    Settings,
    Source,
    described_keys,
    is_selected,
    keys_of,
    project_root,
    read_settings_file,
    resolve,
    settings_file,
    value_from_text,
)
from flake8_pyarch.settings.validation import json_schema


def resolved(**values: Any) -> Settings:
    return resolve([Source("pyproject.toml", {key.replace("_", "-"): value for key, value in values.items()})])


def test_no_settings_are_the_defaults_and_import_no_pydantic() -> None:
    assert resolve([]) == resolve([Source("pyproject.toml", {})]) == Settings()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"presett": "seed"}, "unknown key 'presett'; did you mean 'preset'?"),
        (
            {"preset": "sed"},
            "'preset' is 'sed', expected 'seed', 'clean', 'layers', 'minimal' or 'strict'; did you mean 'seed'?",
        ),
        ({"src": "src"}, "'src' is 'src', expected a list"),
        ({"ruff-aware": "perhaps"}, "'ruff-aware' is 'perhaps', expected true or false"),
        ({"max-module-lines": "many"}, "'max-module-lines' is 'many', expected a whole number"),
        ({"max-module-lines": 0}, "'max-module-lines' is 0: input should be greater than or equal to 1"),
        ({"use-case-method": ""}, "'use-case-method' is '': string should have at least 1 character"),
        (
            {"stack": {"fastpi": ">=1"}},
            (
                "'stack.fastpi' is 'fastpi', expected 'python', 'fastapi', 'pydantic', 'uvicorn', 'structlog' or "
                "'poetry'; did you mean 'fastapi'?"
            ),
        ),
        (
            {"stack": {"pydantic": "^2.8", "fastapi": "", "python": ">=3.13,<4"}},
            "'stack.pydantic' is '^2.8', expected a version specifier such as '>=1.2'",
        ),
        ({"stack": {"fastapi": 1}}, "'stack.fastapi' is 1, expected a string"),
        ({"layers": {"api": 3}}, "'layers.api' is 3, expected a table"),
        (
            {"layers": {"domin": {}}},
            (
                "'layers.domin' is 'domin', expected 'domain', 'application', 'api', 'persistence', 'external', "
                "'infrastructure' or 'config'; did you mean 'domain'?"
            ),
        ),
        (
            {"layers": {"api": {"packges": ["web"]}}},
            "unknown key 'packges' in 'layers.api'; did you mean 'packages'?",
        ),
        (
            {"layers": {"api": {"may-import": ["persistense"]}}},
            (
                "'layers.api.may-import[0]' is 'persistense', expected 'domain', 'application', 'api', 'persistence', "
                "'external', 'infrastructure', 'config' or 'composition'; did you mean 'persistence'?"
            ),
        ),
        ({"layers": {"api": {"packages": []}}}, "'layers.api.packages' is empty: name at least one directory or "),
        ({"select": ["E501"]}, "'select' holds 'E501', expected a code or its beginning, such as 'PYA101', 'PYA1' or "),
        ({"ignore": ["pya101"]}, "'ignore' holds 'pya101', expected a code"),
        *(
            (
                {"custom-rules": [glob]},
                f"'custom-rules' holds {glob!r}, which searches all that is round the project: name a directory",
            )
            for glob in ("../**/*.yml", "rules/../../**/*.yml", "/**", "/*/**/x", "../*/**")
        ),
        ({"extend-exclude": ["!"]}, "'extend-exclude' holds '!', expected a pattern as in a .gitignore"),
        ({"per-file-ignores": {"a/**b": [], "!": []}}, "'per-file-ignores' holds '!', expected a pattern as in"),
        ({"per-file-ignores": {"tests/*": ["PYA1011"]}}, "'per-file-ignores.tests/*' holds 'PYA1011', expected a code"),
        ({"per-file-ignores": ["PYA101"]}, "'per-file-ignores' is ['PYA101'], expected a table"),
        ({"plugin-order": [["A"]]}, "'plugin-order[0][1]' is"),
    ],
)
def test_bad_settings_are_named(values: Mapping[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        resolve([Source("pyproject.toml", values)])
    assert str(raised.value).startswith(f"pyproject.toml: {message}")


def test_several_bad_settings_are_one_error() -> None:
    with pytest.raises(ConfigurationError) as raised:
        resolve([Source("pyproject.toml", {"presett": 1, "src": 2})])
    assert str(raised.value) == (
        "pyproject.toml: 2 settings cannot be used\n"
        "  'src' is 2, expected a list\n"
        "  unknown key 'presett'; did you mean 'preset'?"
    )


def test_later_sources_win_and_extensions_add_up() -> None:
    settings = resolve(
        [
            Source(
                "pyproject.toml", {"logger-names": ["log"], "extend-logger-names": ["audit"], "max-module-lines": 5}
            ),
            Source("setup.cfg", {"extend-logger-names": ["journal"], "max-module-lines": "7"}),
        ]
    )
    assert settings.logger_names == ("log", "audit", "journal")
    assert settings.max_module_lines == 7


def test_stack_entries_override_single_entries() -> None:
    stack = resolved(stack={"fastapi": ">=0.120"}).stack
    assert stack["fastapi"] == ">=0.120"
    assert stack["python"] == ">=3.12"


def test_presets_set_defaults_that_settings_override() -> None:
    assert resolved(preset="clean").use_case_style == "any"
    assert resolved(preset="clean", use_case_style="call").use_case_style == "call"
    assert resolved(preset="clean").exception_suffixes == ("Error", "Exception")


@pytest.mark.parametrize(
    ("values", "code", "on_by_default", "expected"),
    [
        ({}, "PYA101", True, True),
        ({}, "PYA112", False, False),
        ({"select": ["PYA1"]}, "PYA101", True, True),
        ({"select": ["PYA1"]}, "PYA601", True, False),
        ({"select": ["PYA1"]}, "PYA112", False, False),
        ({"select": ["PYA11"]}, "PYA112", False, True),
        ({"extend-select": ["PYA112"]}, "PYA112", False, True),
        ({"extend-select": ["PYA112"]}, "PYA101", True, True),
        ({"ignore": ["PYA1"]}, "PYA101", True, False),
        ({"ignore": ["PYA1"], "extend-select": ["PYA101"]}, "PYA101", True, True),
        ({"ignore": ["PYA101"], "select": ["PYA101"]}, "PYA101", True, False),
        ({"extend-ignore": ["PYA10"]}, "PYA101", True, False),
        ({"preset": "strict"}, "PYA112", False, True),
        ({"preset": "strict", "select": ["PYA1"]}, "PYA112", False, True),
        ({"preset": "layers"}, "PYA101", True, True),
        ({"preset": "layers"}, "PYA112", False, False),
        ({"preset": "layers"}, "PYA601", True, False),
        ({"preset": "layers", "extend-select": ["PYA6"]}, "PYA601", True, True),
        ({"preset": "minimal"}, "PYA703", True, True),
        ({"preset": "minimal"}, "PYA104", True, False),
        ({"preset": "clean"}, "PYA301", True, False),
        ({"preset": "clean"}, "PYA304", True, True),
        ({"preset": "clean", "extend-select": ["PYA301"]}, "PYA301", True, True),
        ({"preset": "clean", "select": ["PYA3"]}, "PYA301", True, False),
        ({"select": ["PYA1"]}, "PYA000", True, True),
        ({"ignore": ["PYA"]}, "PYA000", True, True),
        ({"ignore": ["PYA000"]}, "PYA000", True, False),
        ({}, "PYX001", True, True),
    ],
)
def test_selection(values: Mapping[str, Any], code: str, on_by_default: bool, expected: bool) -> None:  # noqa: FBT001
    settings = resolve([Source("pyproject.toml", values)])
    assert is_selected(code, settings, on_by_default=on_by_default) is expected


def test_every_key_is_described_and_in_the_schema() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == [key for key, _ in described_keys()]
    assert all(description and not description.endswith(".") for _, description in described_keys())
    assert schema["additionalProperties"] is False


def test_every_list_can_be_extended() -> None:
    names = {key.name for key in keys_of(Settings)}
    extended = {name.removeprefix("extend_") for name in names if name.startswith("extend_")}
    assert extended - names == {"verbs"}


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("src", "src, lib", ["src", "lib"]),
        ("select", "PYA1\nPYA6", ["PYA1", "PYA6"]),
        ("preset", "clean", "clean"),
        ("max-module-lines", "7", "7"),
        ("layers", '{domain = {packages = ["core"]}}', {"domain": {"packages": ["core"]}}),
        ("plugin-order", '[["A", "B"]]', [["A", "B"]]),
    ],
)
def test_options_are_read_from_text(key: str, text: str, value: object) -> None:
    assert value_from_text("setup.cfg", key, text) == value
    resolve([Source("setup.cfg", {key: value})])


def test_option_text_that_is_no_toml_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match=r"^setup.cfg: 'layers' is 'core', expected a TOML value: "):
        value_from_text("setup.cfg", "layers", "core")


def test_settings_come_from_the_nearest_file_that_has_some(tmp_path: Path) -> None:
    inner = tmp_path / "services" / "orders" / "app"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.pyarch]\npreset = "clean"\n')
    (tmp_path / "services" / "orders" / "pyproject.toml").write_text('[project]\nname = "orders"\n')
    assert settings_file(str(inner)) == str(tmp_path / "pyproject.toml")
    assert project_root(str(inner)) == str(tmp_path)
    (tmp_path / "services" / "orders" / "pyarch.toml").write_text('preset = "layers"\n')
    settings_file.cache_clear()
    project_root.cache_clear()
    assert settings_file(str(inner)) == str(tmp_path / "services" / "orders" / "pyarch.toml")
    assert read_settings_file(str(tmp_path / "services" / "orders" / "pyarch.toml")).values == {"preset": "layers"}


def test_project_without_settings_begins_at_its_marker(tmp_path: Path) -> None:
    inner = tmp_path / "orders" / "app"
    inner.mkdir(parents=True)
    (tmp_path / "orders" / "requirements.txt").touch()
    (inner / "setup.py").write_text("def setup(): ...\n")  # a module that sets something up
    assert project_root(str(inner)) == str(tmp_path / "orders")
    (inner / "setup.py").write_text("from setuptools import setup\n")
    project_root.cache_clear()
    assert project_root(str(inner)) == str(inner)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[tool.pyarch]\npreset = ", "cannot be read: Invalid value (at end of document)"),
        (b"[tool.pyarch]\npreset = " + b"[" * 100_000, "cannot be read: it is nested too deeply"),
        (b"[tool]\npyarch = 3\n", "'tool.pyarch' is 3, expected a table"),
        (b"[tool.pyarch]\n# \xff\n", "cannot be read: byte 16 is not UTF-8"),
    ],
)
def test_unreadable_file_is_an_error(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        read_settings_file(str(path))
    assert str(raised.value) == f"{path}: {problem}"


def test_file_of_other_tools_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.other\n")
    assert settings_file(str(tmp_path)) is None
