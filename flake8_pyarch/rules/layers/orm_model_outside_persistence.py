"""PYA109."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.orm import is_mapped

__all__ = ["OrmModelOutsidePersistence"]


class OrmModelOutsidePersistence(Rule):
    """A class mapped to a table or collection is defined outside the persistence layer.

    ## Why is this bad?
    A mapped class is a description of the database. Used as an entity, it drags sessions, lazy loading and columns into
    the business rules; used as a response, it publishes the table. Keep the mapped class with the repository, and let
    the repository turn it into an entity.

    Known are the bases of SQLAlchemy (`DeclarativeBase`, `declarative_base()`), SQLModel with `table=True`, Beanie,
    Tortoise, Peewee, MongoEngine, ODMantic and Django.

    ## Example
    ```python path=shop/domain/entities/book.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class Book(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Use instead
    ```python path=shop/persistence/models.py
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


    class Base(DeclarativeBase): ...


    class BookRow(Base):
        __tablename__ = "books"
        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie

    ## Known problems
    A base from another file of the project is followed only where the class looks mapped: its file imports a mapper, or
    it has a `__tablename__`, a `__table__` or `table=True`. Tables mapped onto plain classes, with SQLAlchemy's
    `map_imperatively`, are not seen: entities stay plain that way.
    """

    code = "PYA109"
    message = "'{name}' is a mapped class in the {layer} layer: move it to the persistence layer and hand out entities"
    layers = frozenset({Layer.DOMAIN, Layer.APPLICATION, Layer.API, Layer.CONFIG})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if model.node.bases and is_mapped(model, module):
            yield self.finding(module.name_span(model.node), name=model.name, layer=module.layer)
