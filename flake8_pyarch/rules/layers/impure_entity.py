"""PYA112."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel

__all__ = ["ImpureEntity"]

_HARMLESS_DECORATORS = frozenset({"functools.total_ordering", "typing.final", "typing_extensions.final"})
_PLAIN_BASES = frozenset(
    {
        *("builtins.object", "builtins.dict", "builtins.list", "builtins.set", "collections.UserDict"),
        *("typing.Generic", "typing.TypedDict", "typing_extensions.Generic", "typing_extensions.TypedDict"),
    }
)


class ImpureEntity(Rule):
    """A class among the domain's entities is a plain class.

    ## Why is this bad?
    An entity is data with rules. Written as a plain class it has no stated fields, no equality and no validation, so
    every use case has to know what may be inside. A pydantic model or a dataclass states its fields once, and the type
    checker and the reader see the same. The rule is off by default, for entities written by hand are good style too.

    It looks at public classes of the domain in packages and modules named `entities`. Pydantic models, dataclasses,
    attrs classes, enums, named tuples, exceptions, protocols and ABCs are fine, and so are values such as a subclass of
    `str`.

    ## Example
    ```python path=shop/domain/entities/book.py
    class Book:
        def __init__(self, title: str) -> None:
            self.title = title
    ```

    ## Use instead
    ```python path=shop/domain/entities/book.py
    from pydantic import BaseModel


    class Book(BaseModel):
        title: str
    ```

    ## Options
    - `layers.domain.packages`, `layers.domain.extend-packages`: where the domain lies

    ## Known problems
    A class with a decorator or a base that this file does not explain is not reported: it may be any of these.
    """

    code = "PYA112"
    message = "entity '{name}' is a plain class: make it a pydantic model or a dataclass"
    on_by_default = False
    layers = frozenset({Layer.DOMAIN})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if "entities" not in module.location.parts or model.name.startswith("_") or _is_nested(model, module):
            return
        if _is_plain(model, module):
            yield self.finding(module.name_span(model.node), name=model.name)


def _is_nested(model: ClassModel, module: Module) -> bool:
    return module.enclosing_class(model.node) is not None or module.enclosing_function(model.node) is not None


def _is_plain(model: ClassModel, module: Module) -> bool:
    nodes = [each.node for each in model.lineage]
    decorators = [decorator for node in nodes for decorator in node.decorator_list]
    return (
        not any(keyword.arg == "metaclass" for node in nodes for keyword in node.keywords)
        and all(module.resolve(decorator) in _HARMLESS_DECORATORS for decorator in decorators)
        and all(name in _PLAIN_BASES for _, name in model.foreign_bases)
    )
