"""Application packages, and which layers the project round a module has."""

from pathlib import Path

from flake8_pyarch.settings import Layer
from flake8_pyarch.source.project_layers import (
    is_application_package,
    is_one_feature_of_many,
    lies_in_web_application,
    project_has_layer,
)
from tests.source.projects import Project


def test_application_packages(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/a/b/__init__.py src/a/__init__.py src/a/b/domain/x.py src/a/b/api/__init__.py")
    found = {
        path: is_application_package(project.module(f"src/{path}", "")) for path in ("a/b/__init__.py", "a/b/x.py")
    }
    assert found == {"a/b/__init__.py": True, "a/b/x.py": False}
    assert not is_application_package(project.module("src/a/__init__.py", ""))
    assert not is_application_package(project.module("src/a/b/api/__init__.py", ""))


def test_features(tmp_path: Path) -> None:
    project = Project(
        tmp_path, "src/a/b/domain/x.py src/a/b/api/x.py src/a/c/domain/x.py src/a/c/api/x.py src/a/d/x.py"
    )
    assert is_one_feature_of_many(project.module("src/a/b/__init__.py", ""))
    alone = Project(tmp_path / "alone", "src/a/b/domain/x.py src/a/b/api/x.py src/a/d/x.py")
    assert not is_one_feature_of_many(alone.module("src/a/b/__init__.py", ""))


def test_services_at_a_source_root_are_no_features(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/b/domain/x.py src/b/api/x.py src/c/domain/x.py src/c/api/x.py")
    assert not is_one_feature_of_many(project.module("src/b/__init__.py", ""))


def test_layers_of_the_project(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/a/domain/x.py src/a/usecases/x.py src/a/infrastructure/http/x.py src/b/x.py")
    for path in ("src/a/domain/x.py", "src/a/x.py", "src/a/y/x.py"):
        module = project.module(path, "")
        assert project_has_layer(Layer.API, module)
        assert not project_has_layer(Layer.CONFIG, module)
    assert not project_has_layer(Layer.API, project.module("src/b/x.py", ""))


def test_a_module_can_be_the_layer(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/a/domain/x.py src/a/usecases/x.py src/a/api.py")
    assert project_has_layer(Layer.API, project.module("src/a/domain/x.py", ""))


def test_a_layered_module_counts_the_whole_top_package(tmp_path: Path) -> None:
    project = Project(
        tmp_path, "src/a/b/domain/x.py src/a/b/usecases/x.py src/a/c/domain/x.py src/a/c/api/x.py src/a/x.py"
    )
    assert project_has_layer(Layer.API, project.module("src/a/b/domain/x.py", ""))
    assert not project_has_layer(Layer.API, project.module("src/a/b/x.py", ""))
    assert not project_has_layer(Layer.API, project.module("src/a/x.py", ""))


def test_web_applications(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/a/domain/x.py src/a/application/api/x.py src/a/application/ui/x.py")
    assert lies_in_web_application(project.module("src/a/application/ui/x.py", ""))
    assert not lies_in_web_application(project.module("src/a/application/api/x.py", ""))
    assert not lies_in_web_application(project.module("src/a/domain/x.py", ""))
