"""PYA708."""

import re
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.configuration.file_loads import FileLoad

__all__ = ["ConfigFileRead"]

_CONFIGURATION_FILE = lazy_pattern(
    r"\.env.*|.*\.env|(?:config|settings|application).*\.(?:yaml|yml|toml|json|ini|cfg)", re.IGNORECASE
)


class ConfigFileRead(Rule):
    """A configuration file is read in the middle of the service.

    ## Why is this bad?
    The settings then come from two places that know nothing of each other, and nobody validates the second one: a
    missing key is a `KeyError` in the middle of a request. `load_dotenv()` changes the environment of the whole
    process, for whoever happens to run later. A settings class reads such a file itself, with `env_file` or a source
    for TOML, YAML or JSON, and checks what is in it.

    Reported outside the configuration and the composition modules are `load_dotenv()`, and the loading of a file whose
    literal name looks like configuration: `.env`, `*.env`, and `config*`, `settings*` or `application*` as YAML, TOML,
    JSON or INI. The loaders are those of `yaml`, `tomllib`, `tomli`, `toml`, `tomlkit`, `json` and `configparser`.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import tomllib
    from pathlib import Path


    def late_fee(days: int) -> int:
        with Path("settings.toml").open("rb") as file:
            return days * int(tomllib.load(file)["late_fee_cents"])
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    def late_fee(days: int, cents_per_day: int) -> int:
        return days * cents_per_day
    ```

    ## Options
    - `layers.config.packages`, `layers.config.extend-packages`: where the config layer lies
    - `composition`, `extend-composition`: modules that wire the parts together

    ## Known problems
    What counts as configuration is described by PYA701. A file whose name comes from a variable that is no constant of
    the same file is not seen.
    """

    code = "PYA708"
    message = "'{name}' reads a configuration file outside the configuration: let a settings class read and check it"
    service_code_only = True
    in_composition = False

    def visit_FileLoad(self, load: FileLoad, module: Module) -> Iterator[Finding]:
        if module.is_configuration:
            return
        if load.is_dotenv or (load.file is not None and _CONFIGURATION_FILE().fullmatch(load.file)):
            yield self.finding(load.call, name=load.name)
