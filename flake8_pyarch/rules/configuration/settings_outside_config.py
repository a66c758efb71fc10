"""PYA707."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.configuration.settings_classes import SettingsClass
from flake8_pyarch.source.project_layers import project_has_layer

__all__ = ["SettingsOutsideConfig"]

_INNER = frozenset({Layer.DOMAIN, Layer.APPLICATION})


class SettingsOutsideConfig(Rule):
    """A settings class is defined outside the config layer.

    ## Why is this bad?
    Who has to run the service looks for its settings in one place. A class elsewhere is a variable that nobody sets,
    and a second way in for the environment. In the domain or the application layer it is worse: the business then knows
    that there is an environment.

    Reported are settings classes in the domain and the application layer, and, in a project that has a config layer,
    everywhere outside that layer.

    ## Example
    ```python path=shop/persistence/database.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        url: str
    ```

    ## Use instead
    ```python path=shop/config/database.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        url: str
    ```

    ## Options
    - `layers.config.packages`, `layers.config.extend-packages`: where the config layer lies

    ## Known problems
    A class whose base stands in another file is not seen as a settings class. Scripts and examples may have settings of
    their own.
    """

    code = "PYA707"
    message = "settings class '{name}' is defined in {place}: move it to the config layer"

    def visit_SettingsClass(self, settings: SettingsClass, module: Module) -> Iterator[Finding]:
        if module.layer is Layer.CONFIG or _is_in_config_package(module) or module.stands_among_scripts:
            return
        if module.layer in _INNER or project_has_layer(Layer.CONFIG, module):
            place = f"the {module.layer} layer" if module.layer is not None else f"module '{module.name}'"
            yield self.finding(module.name_span(settings.node), name=settings.name, place=place)


def _is_in_config_package(module: Module) -> bool:
    """Tell whether a module stands in the config layer although its name, `app`, makes it a composition module."""
    package = module.location._replace(parts=module.location.parts[:-1], is_package=True)
    return bool(package.parts) and module.source_tree.place(package).layer is Layer.CONFIG
