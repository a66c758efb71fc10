"""PYA404."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.collaborators import releasable_opened_by
from flake8_pyarch.source.injection.depends import Provider
from flake8_pyarch.source.injection.resources import is_kept_by_caller, unreleased_resources

__all__ = ["UnreleasedResource"]


class UnreleasedResource(Rule):
    """A provider opens a resource that nobody closes.

    ## Why is this bad?
    A session, a connection or a client that is returned stays open after the request, until the pool has none left.
    Closing it after a bare `yield` is not enough either: when the route raises, the error comes out of the `yield`, and
    the line below it never runs. FastAPI closes what a provider yields inside `with`, or inside `try` with a `finally`.

    Looked for are sessions, clients of libraries, connections, engines and files: `Session`, `*Session` and `*Client`
    of a third party, what a `sessionmaker` makes, `connect`, `open`, `create_engine`, `.begin()` and `.acquire()`.

    ## Example
    ```python path=shop/api/dependencies.py
    from sqlalchemy.orm import Session

    from shop.persistence.database import engine


    def get_session() -> Session:
        return Session(engine)
    ```

    ## Use instead
    ```python path=shop/api/dependencies.py
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from shop.persistence.database import engine


    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`, `provider-prefixes`, `composition`: what counts as a provider

    ## Known problems
    A resource that is kept for all requests is meant to stay open: where the provider is cached (`lru_cache`, `cache`),
    stores it in a global or an attribute such as `app.state`, or is handed to a container (`Singleton(get_engine)`), it
    is left alone. So is a function that only its name makes a provider and that its file calls itself: the caller may
    close what it gets. A resource wrapped in a class of the project is not looked for: the class may know how to close
    it. Nor is it checked that the `with` or `finally` round a `yield` is about this resource.
    """

    code = "PYA404"
    message = "provider '{provider}' opens '{name}' and {act}: yield it inside 'with', or 'try' with 'finally'"

    def visit_Provider(self, provider: Provider, module: Module) -> Iterator[Finding]:
        unreleased = list(unreleased_resources(provider.function, module))
        if not unreleased or is_kept_by_caller(provider, module):
            return
        for call, is_yielded in unreleased:
            yield self.finding(
                call,
                provider=provider.function.name,
                name=releasable_opened_by(call, module),
                act="yields it without making sure that it is closed"
                if is_yielded
                else "returns it, so nobody closes it",
            )
