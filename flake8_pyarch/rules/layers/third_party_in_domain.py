"""PYA113."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module, Origin, PackageImport

__all__ = ["ThirdPartyInDomain"]


class ThirdPartyInDomain(Rule):
    """The domain imports a third-party package that is not allowed there.

    ## Why is this bad?
    A domain without external dependencies can be read, tested and moved with nothing but Python, and no release of
    anybody else can break it. PYA102 refuses the packages that are evidently out of place; this rule refuses all, and
    leaves it to you to list those that your domain is made of. It is off by default, for many teams find it too strict.

    A statement is reported once for each such package.

    ## Example
    ```python path=shop/domain/entities/book.py
    import pendulum


    def due_date() -> pendulum.Date:
        return pendulum.today().add(weeks=4).date()
    ```

    ## Use instead
    ```python path=shop/domain/entities/book.py
    from datetime import date, timedelta


    def due_date(today: date) -> date:
        return today + timedelta(weeks=4)
    ```

    ## Options
    - `domain-allow`, `extend-domain-allow`: the packages the domain may import
    - `src`: where your own packages lie; what is not found there is taken for third-party
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count

    ## Known problems
    What PYA102 reports is reported by this rule too, unless it is of the standard library.
    """

    code = "PYA113"
    message = "domain module '{module}' imports third-party '{package}': do without it or list it in 'domain-allow'"
    on_by_default = False
    layers = frozenset({Layer.DOMAIN})

    def visit_PackageImport(self, imported: PackageImport, module: Module) -> Iterator[Finding]:
        is_refused = imported.named_by((imported.package,), but_not=module.settings.domain_allow)
        if is_refused and module.foreign_origin(imported) is Origin.THIRD_PARTY:
            yield self.finding(imported.node, module=module.name, package=imported.package)
