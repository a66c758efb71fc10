"""PYA110."""

from collections.abc import Iterator
from functools import cache

from flake8_pyarch.checking import Finding, ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.contracts import Breach, DirectCheck, breaches_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.settings.contracts import AcyclicSiblingsContract, Contract
from flake8_pyarch.source import ImportedName, Module

__all__ = ["ContractBroken"]

_DIRECT = 2
"""The modules in a chain that is one import."""


class ContractBroken(ProjectRule):
    """An import breaks a contract of the project.

    ## Why is this bad?
    A contract says what the layers do not: that two features stay apart, that only one package talks to the database,
    that nothing leads from the library to its tests. It was agreed on once, and holds only as long as somebody looks.
    An import that breaks it is easily added and hard to take away later.

    Contracts have the types, the fields and the meaning of import-linter's: `layers`, `forbidden`, `independence`,
    `protected` and `acyclic_siblings`. A direct import is reported where it stands. `pyarch check` also reports what is
    imported through other modules, at the first import of the chain, siblings that depend on each other in a loop, and
    modules that an exhaustive contract does not name.

    ## Example
    ```toml
    [[tool.pyarch.contracts]]
    name = "Use cases know no database"
    type = "forbidden"
    source_modules = ["shop.usecases"]
    forbidden_modules = ["shop.persistence"]
    ```
    ```python path=shop/usecases/borrow_book.py
    from shop.persistence import book_repository
    ```
    ```python path=shop/persistence/book_repository.py
    ```

    ## Use instead
    ```toml
    [[tool.pyarch.contracts]]
    name = "Use cases know no database"
    type = "forbidden"
    source_modules = ["shop.usecases"]
    forbidden_modules = ["shop.persistence"]
    ```
    ```python path=shop/usecases/borrow_book.py
    from shop.domain import book_repository
    ```
    ```python path=shop/domain/book_repository.py
    ```

    ## Options
    - `contracts`: the contracts
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count

    ## Known problems
    Flake8 looks at one file at a time, so it reports direct imports alone. Several chains that lead from one module to
    another are reported as import-linter reports them: as many as have no import in common. Several names that one
    statement takes from one module are one report.
    """

    code = "PYA110"
    message = "contract '{contract}' is broken: {breach}: {remedy}"
    in_tests = True
    needs_contracts = True

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        if not module.counts(entry):
            return
        imported = _imported(entry, module)
        if not imported or imported == module.name:
            return
        for check in _direct_checks(module.settings.contracts):
            if check.breach(module.name, imported) is not None and _is_first(entry, imported, module):
                breach = f"'{module.name}' imports '{imported}'"
                contract = check.contract
                yield self.finding(entry.node, contract=contract.name, breach=breach, remedy=_remedy(contract))

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        for contract in facts.settings.contracts:
            for breach in breaches_of(contract, facts.imports):
                if len(breach.chain) != _DIRECT or isinstance(contract, AcyclicSiblingsContract):
                    yield from self._reports(contract, breach, facts.imports)

    def _reports(self, contract: Contract, breach: Breach, graph: ImportGraph) -> Iterator[ProjectFinding]:
        links = " -> ".join(graph.names[number] for number in breach.chain)
        if not breach.chain:
            path = _file_of(breach, graph)
            extent = (1, 0, 1, 0)
            text = f"'{breach.importer}' is none of the layers of '{breach.imported}'"
        else:
            importer, imported = breach.chain[:2]
            path = graph.paths[importer]
            extent = graph.lines(importer, imported)[0].extent
            text = f"'{breach.importer}' reaches '{breach.imported}' through {links}"
            if isinstance(contract, AcyclicSiblingsContract):
                count = f"{breach.imports} import{'s' * (breach.imports > 1)}"
                text = f"'{breach.importer}' imports '{breach.imported}' ({count}), which closes a loop of siblings"
        if path is not None:
            key = f"{contract.name}: {links or breach.importer}"
            yield self.report(path, extent, key, contract=contract.name, breach=text, remedy=_remedy(contract))


@cache
def _direct_checks(contracts: tuple[Contract, ...]) -> tuple[DirectCheck, ...]:
    return tuple(DirectCheck(contract) for contract in contracts)


def _imported(entry: ImportedName, module: Module) -> str:
    target = module.target(entry)
    if target is not None:
        return target.name
    return "" if entry.relative else entry.package


def _is_first(entry: ImportedName, imported: str, module: Module) -> bool:
    """Tell whether an import is the first in its statement that leads to a module."""
    beside = (each for each in module.imports if each.statement is entry.statement)
    return next(each for each in beside if _imported(each, module) == imported) is entry


def _file_of(breach: Breach, graph: ImportGraph) -> str | None:
    """Return the file of the container of a module that is no layer, or, if it has none, the first of that module."""
    container, module = graph.numbers[breach.imported], graph.numbers[breach.importer]
    numbers = [container, *sorted(graph.with_descendants(module))]
    return next((path for path in (graph.paths[number] for number in numbers) if path is not None), None)


def _remedy(contract: Contract) -> str:
    guidance = " ".join((contract.broken_contract_guidance or "").split()).rstrip(".")
    return guidance or "turn the dependency round, or move the code"
