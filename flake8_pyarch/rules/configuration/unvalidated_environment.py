"""PYA710."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.configuration.environment import Access, EnvironmentUse
from flake8_pyarch.source.configuration.validated import chooses_file, is_validated

__all__ = ["UnvalidatedEnvironment"]


class UnvalidatedEnvironment(Rule):
    """The config layer reads the environment past pydantic.

    ## Why is this bad?
    A variable is text, or missing. `int(os.environ["PORT"])` fails with a message that does not say which variable is
    wrong, one at a time, and `os.getenv("DEBUG")` gives the string `"false"`, which is true. A field of a settings
    class reads the variable itself, turns it into its type, and says everything that is wrong at once.

    What pydantic gets to see is fine: a field's default or `default_factory`, a validator, an argument of a settings
    class. So is a variable that chooses which file to read the settings from.

    ## Example
    ```python path=shop/config/database.py
    import os

    PORT = int(os.environ["DB_PORT"])
    ```

    ## Use instead
    ```python path=shop/config/database.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        port: int = 5432

        model_config = {"env_prefix": "DB_"}
    ```

    ## Options
    - `layers.config.packages`, `layers.config.extend-packages`: where the config layer lies

    ## Known problems
    That a variable chooses a file is told by names: an argument, a key, a variable or a function with one of the words
    `file`, `path`, `dir` and the like. Changes of the environment and the question whether a variable is there are left
    alone. Outside the config layer PYA701 reports every read.
    """

    code = "PYA710"
    message = "'{name}' reads the environment past pydantic: make it a field of a settings class"
    layers = frozenset({Layer.CONFIG})

    def visit_EnvironmentUse(self, use: EnvironmentUse, module: Module) -> Iterator[Finding]:
        if use.access is Access.READ and not chooses_file(use, module) and not is_validated(use, module):
            yield self.finding(use.node, name=use.name)
