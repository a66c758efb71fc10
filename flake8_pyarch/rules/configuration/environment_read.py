"""PYA701."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.configuration.environment import Access, EnvironmentUse, is_environment_of_process
from flake8_pyarch.source.import_time import is_under_main_guard

__all__ = ["EnvironmentRead"]


class EnvironmentRead(Rule):
    """The environment is read, or changed, in the middle of the service.

    ## Why is this bad?
    What is read where it is needed is nowhere listed: nobody knows which variables the service wants until one is
    missing, in the middle of a request. It is text that nobody has validated, and a test has to change the environment
    of the whole process to try another value. A settings class names every variable, its type and its default, checks
    them when the service starts, and is passed to whoever needs it.

    Reported are `os.environ`, `os.getenv`, `decouple.config` and `environs.Env` in the code of a service, and changes
    such as `os.environ["X"] = …`. The config layer, composition modules, packages named `config`, `configs`,
    `configuration`, `settings`, `conf`, `env` or `environment`, and modules with one of these words in their name
    (`app_config`, `settings_loader`) may use them. So may the block under `if __name__ == "__main__"`.

    Handing the environment on to another process is fine: `env=os.environ`, `{**os.environ, "LANG": "C"}`.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import os


    def late_fee(days: int) -> int:
        return days * int(os.environ["LATE_FEE_CENTS"])
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    def late_fee(days: int, cents_per_day: int) -> int:
        return days * cents_per_day
    ```
    ```python path=shop/config/app_config.py
    from pydantic_settings import BaseSettings


    class AppConfig(BaseSettings):
        late_fee_cents: int
    ```

    ## Options
    - `layers.config.packages`, `layers.config.extend-packages`: where the config layer lies
    - `composition`, `extend-composition`: modules that wire the parts together

    ## Known problems
    Variables of the system (`HOME`, `NO_COLOR`) are reported like those of the service. Once the environment has been
    put under another name, `variables = os.environ`, only that place is reported. A copy of the environment in a file
    that imports `subprocess` is taken to be meant for another process.
    """

    code = "PYA701"
    message = "'{name}' {verb} the environment outside the configuration: {remedy}"
    service_code_only = True
    in_composition = False

    def visit_EnvironmentUse(self, use: EnvironmentUse, module: Module) -> Iterator[Finding]:
        if module.is_configuration or is_environment_of_process(use, module) or is_under_main_guard(use.node, module):
            return
        if use.access is Access.CHANGE:
            yield self.finding(use.node, name=use.name, verb="changes", remedy="pass the value to whoever needs it")
        else:
            remedy = "declare a field of a settings class and pass its value in"
            yield self.finding(use.node, name=use.name, verb="reads", remedy=remedy)
