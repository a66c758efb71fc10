"""PYA604."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall, is_seen_by_ruff

__all__ = ["RootLoggerCall"]


class RootLoggerCall(Rule):
    """A message is logged through the `logging` module itself, and so through the root logger.

    ## Why is this bad?
    Such an entry does not say which module it comes from, so nobody can filter by it or set its level. The first such
    call also configures the root logger behind everybody's back when nobody has done so yet, and later configuration
    is then ignored. A logger for each module costs one line.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import logging

    logging.info("book borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import logging

    logger = logging.getLogger(__name__)

    logger.info("book borrowed")
    ```

    ## Known problems
    Calls on `logging.getLogger()`, without a name, are not reported, although they log through the same logger.

    Ruff's `LOG015` reports the same, except `logging.fatal`.
    """

    code = "PYA604"
    message = "'{name}' logs through the root logger: use a logger of this module"
    packages = frozenset({"logging"})
    twins = ("LOG015",)

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        if log.is_root:
            twin = "LOG015" if is_seen_by_ruff(log, module) else None
            yield self.finding(log.call.func, name=log.name, twin=twin)
