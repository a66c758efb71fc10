"""What we say of imports and contracts is what grimp and import-linter say, of packages nobody here wrote.

Two differences are known. An import of a module by itself (`rich.box` imports `rich.box` under its main guard) is in
grimp's graph and not in ours. And where several chains are equally short, grimp takes one by chance, from one run to
the next: of those we compare how many modules are in the shortest, and ours are chains in grimp's graph too.
"""

import copy
import importlib.util
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter import configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from flake8_pyarch.contracts import Breach, DirectCheck, breaches_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.settings import Settings, Source, resolve
from flake8_pyarch.settings.contracts import Contract
from flake8_pyarch.source import Module, SourceTree
from flake8_pyarch.source.import_facts import import_facts
from flake8_pyarch.source.text import SourceText

configuration.configure()

PACKAGES = ("_pytest", "flake8", "hypothesis", "pydantic", "rich")
KINDS: dict[str, Any] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "protected": ProtectedContract,
    "acyclic_siblings": AcyclicSiblingsContract,
}
CONTRACTS: list[dict[str, Any]] = [
    {"type": "layers", "layers": ["flake8.main", "flake8.plugins | flake8.formatting", "flake8.options"]},
    {"type": "layers", "layers": ["flake8.style_guide", "(flake8.nothing)", "flake8.formatting : flake8.plugins"]},
    {
        "type": "layers",
        "layers": ["rich.progress", "rich.live", "rich.console", "rich.segment"],
        "ignore_imports": ["rich.segment -> rich.console"],
    },
    {"type": "layers", "layers": ["pydantic.main", "pydantic.fields", "pydantic._internal", "pydantic.errors"]},
    {"type": "forbidden", "source_modules": ["flake8.plugins"], "forbidden_modules": ["flake8.main"]},
    {"type": "forbidden", "source_modules": ["flake8.*"], "forbidden_modules": ["flake8.options.manager"]},
    {"type": "forbidden", "source_modules": ["rich.style"], "forbidden_modules": ["rich.console"]},
    {
        "type": "forbidden",
        "source_modules": ["_pytest.mark"],
        "forbidden_modules": ["_pytest.fixtures"],
        "allow_indirect_imports": True,
    },
    {"type": "forbidden", "source_modules": ["hypothesis.vendor"], "forbidden_modules": ["hypothesis.core"]},
    {"type": "independence", "modules": ["flake8.formatting", "flake8.plugins", "flake8.options"]},
    {"type": "protected", "protected_modules": ["flake8.options"], "allowed_importers": ["flake8.main"]},
    {"type": "protected", "protected_modules": ["pydantic._internal.*"], "allowed_importers": ["pydantic.main"]},
    {
        "type": "protected",
        "protected_modules": ["pydantic._internal"],
        "allowed_importers": ["pydantic.*"],
        "as_packages": False,
    },
    {"type": "acyclic_siblings", "ancestors": ["flake8"]},
    {"type": "acyclic_siblings", "ancestors": ["_pytest"]},
    {"type": "acyclic_siblings", "ancestors": ["rich"], "depth": 0},
    {"type": "acyclic_siblings", "ancestors": ["pydantic"], "skip_descendants": ["pydantic.v1"]},
    {"type": "acyclic_siblings", "ancestors": ["hypothesis"]},
    {"type": "layers", "layers": ["rich.console", "rich.table", "rich.text", "rich.style", "rich.color"]},
    {"type": "layers", "layers": ["hypothesis.extra", "hypothesis.strategies", "hypothesis.internal"]},
    {"type": "layers", "layers": ["_pytest.main", "_pytest.nodes", "_pytest._io"]},
    {
        "type": "layers",
        "containers": ["pydantic"],
        "layers": ["v1", "main"],
        "exhaustive": True,
        "exhaustive_ignores": ["fields"],
    },
    {"type": "independence", "modules": ["rich.table", "rich.tree", "rich.panel", "rich.json"]},
    {"type": "forbidden", "source_modules": ["pydantic._internal.*"], "forbidden_modules": ["pydantic.main"]},
    {
        "type": "forbidden",
        "source_modules": ["hypothesis.internal.**"],
        "forbidden_modules": ["hypothesis.strategies"],
        "as_packages": False,
    },
]

TREE = {
    "__init__": "",
    "api/__init__": "from shop_of_tests.api import routes",
    "api/routes": "from shop_of_tests.usecases import borrow\nimport shop_of_tests.tools.clock",
    "usecases/__init__": "",
    "usecases/borrow": "from shop_of_tests.domain.book import Book\nfrom ..tools import clock",
    "domain/__init__": "",
    "domain/book": "from shop_of_tests.tools.text import title\nfrom shop_of_tests.tools import clock",
    "tools/__init__": "",
    "tools/clock": "def now():\n    from shop_of_tests.plugins import loader",
    "tools/text": "from shop_of_tests.usecases import borrow",
    "plugins/__init__": "",
    "plugins/loader": "import shop_of_tests.api",
}
CONTRACTS_OF_A_TREE: list[dict[str, Any]] = [
    {"type": "layers", "layers": ["shop_of_tests.api", "shop_of_tests.usecases", "shop_of_tests.domain"]},
    {"type": "layers", "containers": ["shop_of_tests"], "layers": ["api", "plugins | usecases", "domain", "(data)"]},
    {"type": "forbidden", "source_modules": ["shop_of_tests.domain"], "forbidden_modules": ["shop_of_tests.api"]},
    {"type": "forbidden", "source_modules": ["shop_of_tests.*"], "forbidden_modules": ["shop_of_tests.plugins.**"]},
    {"type": "independence", "modules": ["shop_of_tests.api", "shop_of_tests.domain"]},
    {
        "type": "independence",
        "modules": ["shop_of_tests.api", "shop_of_tests.tools"],
        "ignore_imports": ["shop_of_tests.api.* -> shop_of_tests.tools.clock"],
    },
]

Chains = dict[Any, list[tuple[Any, ...]]]
"""The modules of a contract that one of them may not import → how it does."""


@pytest.fixture(autouse=True, scope="module")
def _tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp("tree")
    for name, text in TREE.items():
        path = root / "shop_of_tests" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(root)
        yield


@cache
def our_graph(package: str) -> ImportGraph:
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    top = Path(found.origin).parent
    tree = SourceTree(str(top.parent), Settings(src=(".",)))
    facts = []
    for path in sorted(top.rglob("*.py")):
        text = SourceText(path.read_bytes())
        facts.append((str(path), import_facts(Module(str(path), text.parse(), text.lines, tree))))
    graph = ImportGraph.of(facts)
    inside = {number for number, name in enumerate(graph.names) if name.partition(".")[0] == package}
    return graph.keeping(lambda importer, imported, _: importer in inside and imported in inside)


@cache
def their_graph(package: str) -> grimp.ImportGraph:
    return grimp.build_graph(package, cache_dir=None)


def package_of(stated: dict[str, Any]) -> str:
    keys = ("containers", "layers", "source_modules", "modules", "protected_modules", "ancestors")
    listed: list[str] = next(stated[key] for key in keys if key in stated)
    return listed[0].partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_direct_imports_are_grimps(package: str) -> None:
    graph, theirs = our_graph(package), their_graph(package)
    ours = {(graph.names[importer], graph.names[imported]) for importer, imported in graph.edges()}
    imports = ((importer, imported) for importer in theirs.modules for imported in _imported(theirs, importer))
    assert ours == {(importer, imported) for importer, imported in imports if importer != imported}
    assert len(ours) > 60


def _imported(graph: grimp.ImportGraph, importer: str) -> set[str]:
    return graph.find_modules_directly_imported_by(importer)


@pytest.mark.parametrize("stated", CONTRACTS, ids=str)
def test_verdicts_and_chains_are_import_linters(stated: dict[str, Any]) -> None:
    ours, theirs = our_chains(stated), their_chains(stated)
    assert ours.keys() == theirs.keys()
    if stated["type"] in {"protected", "acyclic_siblings"}:
        assert ours == theirs
        return
    graph = their_graph(package_of(stated))
    for pair, chains in ours.items():
        assert [chain for chain in chains if len(chain) == 2] == [chain for chain in theirs[pair] if len(chain) == 2]
        assert min(map(len, chains)) == min(map(len, theirs[pair]))
        links = [link for chain in chains for link in pairwise(chain)]
        assert len(links) == len(set(links))
        assert all(imported in _imported(graph, importer) for importer, imported in links)


@pytest.mark.parametrize("stated", CONTRACTS_OF_A_TREE, ids=str)
def test_chains_that_leave_no_choice_are_import_linters(stated: dict[str, Any]) -> None:
    ours = our_chains(stated)
    assert ours == their_chains(stated)
    assert max(len(chain) for chains in ours.values() for chain in chains) > 2


@pytest.mark.parametrize("stated", [*CONTRACTS, *CONTRACTS_OF_A_TREE], ids=str)
def test_an_import_by_itself_is_judged_as_in_the_whole(stated: dict[str, Any]) -> None:
    if stated["type"] == "acyclic_siblings":
        stated = {"type": "independence", "modules": [f"{package_of(stated)}.*"]}
    graph, contract = our_graph(package_of(stated)), contract_of(stated)
    check = DirectCheck(contract)
    by_itself = {
        (importer, imported)
        for importer, imported in graph.edges()
        if check.breach(graph.names[importer], graph.names[imported]) is not None
    }
    assert by_itself == {breach.chain for breach in breaches_of(contract, graph) if len(breach.chain) == 2}


def contract_of(stated: dict[str, Any]) -> Contract:
    return resolve([Source("the test", {"contracts": [{"name": "A contract", **stated}]})]).contracts[0]


def our_chains(stated: dict[str, Any]) -> Chains:
    graph = our_graph(package_of(stated))
    found: Chains = {}
    for breach in breaches_of(contract_of(stated), graph):
        pair, chain = _described(stated["type"], breach, tuple(graph.names[number] for number in breach.chain))
        found.setdefault(pair, []).append(chain)
    return {pair: sorted(chains) for pair, chains in found.items()}


def _described(kind: str, breach: Breach, chain: tuple[str, ...]) -> tuple[Any, tuple[Any, ...]]:
    if kind == "acyclic_siblings":
        return breach.importer.rpartition(".")[0], (breach.importer, breach.imported, breach.imports)
    if kind == "protected":
        return breach.imported, chain
    return (breach.importer, breach.imported), chain or (breach.importer,)


def their_chains(stated: dict[str, Any]) -> Chains:
    package = package_of(stated)
    options = {key: str(value) if isinstance(value, bool | int) else value for key, value in stated.items()}
    contract = KINDS[stated["type"]]("A contract", {"root_packages": [package]}, options)
    check = contract.check(copy.deepcopy(their_graph(package)), verbose=False)
    found: Chains = {}
    for pair, chain in _theirs(stated["type"], check.metadata):
        found.setdefault(pair, []).append(chain)
    assert check.kept is not bool(found)
    return {pair: sorted(chains) for pair, chains in found.items()}


def _theirs(kind: str, metadata: dict[str, Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    for each in metadata.get("invalid_dependencies", ()):
        yield from (((each["importer"], each["imported"]), _names(route["chain"])) for route in each["routes"])
    for module in metadata.get("undeclared_modules", ()):
        yield (module, module.rpartition(".")[0]), (module,)
    for each in metadata.get("invalid_chains", ()):
        for chain in each["chains"]:
            links = chain["chain"] if kind == "independence" else chain
            yield (each["downstream_module"], each["upstream_module"]), _names(links)
    for each in metadata.get("illegal_imports", ()):
        yield from ((each.top_level_module, (link["importer"], link["imported"])) for link in each.illegal_links)
    for each in metadata.get("summaries", ()):
        yield from ((each.package, (d.downstream, d.upstream, d.num_imports)) for d in each.dependencies)


def _names(links: list[Any]) -> tuple[str, ...]:
    return (links[0]["importer"], *(link["imported"] for link in links))
