"""PYA706."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module, Origin
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.configuration.settings_classes import SETTINGS_SUFFIXES, is_settings_class
from flake8_pyarch.source.foreign import definition_behind, definition_imported
from flake8_pyarch.source.import_time import is_under_main_guard
from flake8_pyarch.source.imports import is_type_checking_only
from flake8_pyarch.source.syntax import last_name
from flake8_pyarch.source.words import split_words

__all__ = ["SettingsAsGlobal"]

_INNER = frozenset({Layer.DOMAIN, Layer.APPLICATION})
_ENDINGS = ("settings", "config", "conf", "cfg")
_FUNCTION_VERBS = frozenset(
    "apply build check configure create fetch find get init initialize load make parse provide read reload resolve set "
    "setup update validate with".split()
)
_KNOWN_GLOBALS = frozenset({"django.conf.settings", "dynaconf.settings"})


class SettingsAsGlobal(Rule):
    """A settings object is a global: made at module level, or imported by the domain or the application layer.

    ## Why is this bad?
    A settings object that is made when its module is imported reads the environment at that moment: before a test or
    the start of the service could say anything, and once for all. A use case that imports it depends on every setting
    there is, and hides which ones it needs. Handed the value it needs, it is honest, and a test can try another one.

    Reported is the creation of a settings object at module level outside configuration and composition, and, in the
    domain and the application layer, an import of a name that is or ends with `settings`, `config`, `conf` or `cfg`.
    A module of that name is fine, and so is a function such as `get_settings`.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from shop.config import settings


    def late_fee(days: int) -> int:
        return days * settings.late_fee_cents
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    def late_fee(days: int, cents_per_day: int) -> int:
        return days * cents_per_day
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `composition`, `extend-composition`: modules that wire the parts together

    ## Known problems
    What is imported from a library is reported only if it is known to be a settings object (Django, Dynaconf). The name
    of a function is told from that of an object by its definition, or where that is out of reach by its first word.
    `settings = get_settings()` at module level is not seen.
    """

    code = "PYA706"
    message = "{what}: {remedy}"
    service_code_only = True

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        name = entry.name
        if module.layer not in _INNER or name is None or not name.endswith(_ENDINGS) or not name.islower():
            return
        if not is_type_checking_only(module, entry.statement) and _is_object(entry, name, module):
            what = f"{module.layer} module '{module.name}' imports the settings object '{name}' as a global"
            yield self.finding(entry.node, what=what, remedy="take the values it needs as parameters")

    def visit_Assign(self, assignment: ast.Assign, module: Module) -> Iterator[Finding]:
        yield from self._check(assignment.value, module)

    def visit_AnnAssign(self, assignment: ast.AnnAssign, module: Module) -> Iterator[Finding]:
        yield from self._check(assignment.value, module)

    def _check(self, value: ast.expr | None, module: Module) -> Iterator[Finding]:
        if not isinstance(value, ast.Call) or module.is_configuration or module.is_composition:
            return
        if not _is_kept_by_module(value, module) or not _may_make_settings(value.func, module):
            return
        if _makes_settings(value.func, module):
            what = f"an object of settings class '{last_name(value.func)}' is made at module level"
            yield self.finding(value, what=what, remedy="make it where the service is put together, and pass it in")


def _is_object(entry: ImportedName, name: str, module: Module) -> bool:
    """Tell whether what is imported is neither a module nor a function, as far as that can be told."""
    if entry.qualified_name in _KNOWN_GLOBALS:
        return True
    target = module.target(entry)
    is_module = target != module.source_tree.find(entry.module, module.location)
    if target is None or is_module or split_words(name)[0] in _FUNCTION_VERBS:
        return False
    return definition_imported(entry, module) is None


def _is_kept_by_module(value: ast.expr, module: Module) -> bool:
    return (
        module.enclosing_function(value) is None
        and module.enclosing_class(value) is None
        and not is_under_main_guard(value, module)
    )


def _may_make_settings(function: ast.expr, module: Module) -> bool:
    name = _class_name(function, module)
    return name.endswith(SETTINGS_SUFFIXES) or any(name == each.name for each in module.settings_classes)


def _class_name(function: ast.expr, module: Module) -> str:
    """Return what a class is called where it comes from, `AppConfig` of `from … import AppConfig as Config`."""
    entry = module.import_of(function) if isinstance(function, ast.Name) else None
    return entry.name if entry is not None and entry.name is not None else last_name(function)


def _makes_settings(function: ast.expr, module: Module) -> bool:
    """Tell whether a call makes an object of a settings class, of this file or of another one of the project."""
    model = module.class_named(function)
    if model is not None:
        return is_settings_class(model)
    found = definition_behind(function, module)
    if found is not None:
        node, other = found
        return isinstance(node, ast.ClassDef) and _is_settings(other.class_model(node))
    return _class_name(function, module).endswith("Settings") and module.origin_of_name(function) is Origin.FIRST_PARTY


def _is_settings(model: ClassModel) -> bool:
    """Tell whether a class of another file is one of settings, or derives from one of a third file by its name."""
    return is_settings_class(model) or any((name or "").endswith("Settings") for _, name in model.foreign_bases)
