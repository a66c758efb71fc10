"""PYA102."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.lexicon import words
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module, PackageImport

__all__ = ["FrameworkInDomain"]

_BUILT_IN = frozenset((*words("application_deny"), *words("domain_deny")))


class FrameworkInDomain(Rule):
    """The domain imports a framework, or a library that does input and output.

    ## Why is this bad?
    The domain is what the business would still be without computers: it has no database, no HTTP and no message broker.
    An import of one ties every business rule to it. The rule can then only be tested with the library installed and
    configured, and replacing the library means touching the rules it should not concern.

    Reported are web frameworks, ORMs and database drivers, HTTP clients, brokers, cloud clients,
    dependency-injection frameworks, and the modules of the standard library that talk to the network, to a database or
    to other processes. A statement is reported once for each such package.

    ## Example
    ```python path=shop/domain/entities/book.py
    from sqlalchemy.orm import DeclarativeBase


    class Book(DeclarativeBase):
        __tablename__ = "books"
    ```

    ## Use instead
    ```python path=shop/domain/entities/book.py
    from pydantic import BaseModel


    class Book(BaseModel):
        title: str
    ```

    ## Options
    - `extend-application-deny`: further packages that neither the domain nor the application layer may import
    - `layers.domain.packages`, `layers.domain.extend-packages`: where the domain lies
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count

    `application-allow` has no say in the domain, nor has `application-deny`.
    """

    code = "PYA102"
    message = "domain module '{module}' imports '{package}': leave it to an outer layer, behind an abstraction"
    layers = frozenset({Layer.DOMAIN})

    def visit_PackageImport(self, imported: PackageImport, module: Module) -> Iterator[Finding]:
        denied = imported.named_by(_BUILT_IN.union(module.settings.extend_application_deny))
        if denied and module.foreign_origin(imported):
            yield self.finding(imported.node, module=module.name, package=denied)
