"""A large project as a whole costs less than the cold check of its files."""

import time
import tracemalloc
from pathlib import Path

from flake8_pyarch.cli.projects import facts_of_projects
from flake8_pyarch.cli.running import LinterArguments, check_files
from flake8_pyarch.contracts import breaches_of
from flake8_pyarch.graph.cycles import knots
from flake8_pyarch.project.discovery import discover

FEATURES = 40
MODULES = 20
CONTRACTS = """
[tool.pyarch]
[[tool.pyarch.contracts]]
name = "Layers"
type = "layers"
containers = ["shop.*"]
layers = ["m19", "m10", "m0"]
[[tool.pyarch.contracts]]
name = "Features apart"
type = "independence"
modules = ["shop.*"]
[[tool.pyarch.contracts]]
name = "No feature knows the first"
type = "forbidden"
source_modules = ["shop.f20", "shop.f39"]
forbidden_modules = ["shop.f0", "sqlalchemy"]
[[tool.pyarch.contracts]]
name = "Siblings"
type = "acyclic_siblings"
ancestors = ["shop"]
"""


def write(root: Path) -> None:
    """Write a service in which every module imports three others, features in a ring among them."""
    (root / "pyproject.toml").write_text(CONTRACTS, encoding="utf-8")
    for feature in range(FEATURES):
        folder = root / f"shop/f{feature}"
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        for number in range(MODULES):
            after = f"from shop.f{(feature + 1) % FEATURES} import m{number}"
            below = f"from shop.f{feature} import m{max(number - 1, 0)}, m{max(number - 2, 0)}"
            text = f"{after}\n{below}\n\n\nclass M{number}:\n    def run(self) -> None:\n        self.done = True\n"
            (folder / f"m{number}.py").write_text(text, encoding="utf-8")
    (root / "shop/__init__.py").touch()


def test_the_whole_is_cheaper_than_its_parts(tmp_path: Path) -> None:
    write(tmp_path)
    arguments = LinterArguments((), None)
    linter = arguments.make()
    files = discover([str(tmp_path)], linter).files
    started = time.process_time()
    results = check_files(files, linter, arguments, {}, jobs=1, advance=lambda _: None)
    checked = time.process_time()
    ((project, facts),) = facts_of_projects(files, results).items()
    counts = [len(list(breaches_of(contract, facts.imports))) for contract in project.settings.contracts]
    found = knots(facts.imports)
    done = time.process_time()
    assert len(facts.imports.names) == FEATURES * (MODULES + 1) + 1
    assert counts == [0, FEATURES * MODULES, 2 * MODULES, 1]
    assert [len(knot.modules) for knot in found] == [FEATURES] * MODULES
    assert done - checked < checked - started


def test_the_graph_is_small(tmp_path: Path) -> None:
    write(tmp_path)
    arguments = LinterArguments((), None)
    linter = arguments.make()
    files = discover([str(tmp_path)], linter).files
    results = check_files(files, linter, arguments, {}, jobs=1, advance=lambda _: None)
    (facts,) = facts_of_projects(files, results).values()
    tracemalloc.start()
    graph = facts.imports
    assert graph.successors
    assert graph.predecessors
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 4_000 * len(graph.names)
