"""The settings: every key, its type, its default and its meaning."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from flake8_pyarch.lexicon import words
from flake8_pyarch.settings.table import Table, described

if TYPE_CHECKING:
    from flake8_pyarch.settings.contracts import Contract

__all__ = ["DEFAULT_STACK", "LayerName", "LayerSettings", "Settings", "StackName"]

LayerName = Literal["domain", "application", "api", "persistence", "external", "infrastructure", "config"]
ImportableName = Literal[
    "domain", "application", "api", "persistence", "external", "infrastructure", "config", "composition"
]
StackName = Literal["python", "fastapi", "pydantic", "uvicorn", "structlog", "poetry"]
Names = tuple[str, ...]

DEFAULT_STACK: Mapping[StackName, str] = MappingProxyType(
    {
        "python": ">=3.12",
        "fastapi": ">=0.115.13",
        "pydantic": ">=2.8.2,<3",
        "uvicorn": ">=0.24.0",
        "structlog": ">=22.1.0",
        "poetry": ">=1.8.0",
    }
)
DEFAULT_EXCLUDE = (
    *(".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox"),
    *(
        ".pants.d",
        ".pyarch_cache",
        ".pyenv",
        ".pytest_cache",
        ".pytype",
        ".ruff_cache",
        ".svn",
        ".tox",
        ".venv",
        ".vscode",
    ),
    *("__pypackages__", "_build", "buck-out", "dist", "node_modules", "site-packages", "venv"),
)
DEFAULT_COMPOSITION = (
    *("__main__", "main", "application", "app", "asgi", "wsgi", "bootstrap", "container", "containers", "depends"),
    *("dependencies", "deps", "providers", "di", "ioc", "wiring", "composition"),
)


def _listed(description: str, *default: object) -> Any:
    return described(default, description)


class LayerSettings(Table):
    """`[tool.pyarch.layers.<name>]`: where a layer lies and what it may import."""

    packages: Names | None = described(
        None,
        "What makes up the layer, instead of the default names: a directory name, or, with a dot or `*`, a pattern on "
        "the dotted module name (`shop.*.domain`), which covers what lies below",
    )
    extend_packages: Names = _listed("Directory names and patterns beyond the default names")
    may_import: tuple[ImportableName, ...] | None = described(
        None, "The layers it may import besides itself, instead of the default ones"
    )


class Settings(Table):
    """`[tool.pyarch]`: the settings of one project."""

    preset: Literal["seed", "clean", "layers", "minimal", "strict"] = described(
        "seed",
        "Where to start from: `seed` has every rule that is on by default; `clean` the same without the house style of "
        "use cases; `layers` only PYA1; `minimal` the ten rules nobody argues with; `strict` the off rules too",
    )
    select: Names | None = described(None, "Codes or prefixes to report, instead of the preset's")
    extend_select: Names = _listed("Codes or prefixes to report beyond those selected")
    ignore: Names = _listed("Codes or prefixes not to report")
    extend_ignore: Names = _listed("Codes or prefixes not to report, beyond those ignored")
    per_file_ignores: Mapping[str, Names] = described(
        MappingProxyType({}), "Glob of files → codes or prefixes not to report in them"
    )
    src: Names = _listed("Directories that absolute imports start from; globs, relative to the project", "src", ".")
    exclude: Names = _listed("Files and directories not to check, in gitignore syntax", *DEFAULT_EXCLUDE)
    extend_exclude: Names = _listed("Files and directories not to check, beyond those excluded")
    layers: Mapping[LayerName, LayerSettings] = described(
        MappingProxyType({}), "The layers, where they differ from the default ones"
    )
    composition: Names = _listed(
        "Names of modules and packages that wire the parts together and may import every layer", *DEFAULT_COMPOSITION
    )
    extend_composition: Names = _listed("Names of composition modules and packages beyond `composition`")
    type_checking_imports: Literal["count", "ignore"] = described(
        "count", "Whether an import under `if TYPE_CHECKING` counts for the layer rules"
    )
    use_case_style: Literal["setter-property", "call", "any"] = described(
        "setter-property",
        "`setter-property`: inputs by setters, results by properties; `call`: `execute` takes arguments and returns; "
        "`any`: either",
    )
    use_case_suffixes: Names = _listed("Accepted endings of a use-case class's name", "UseCase")
    extend_use_case_suffixes: Names = _listed("Accepted endings beyond `use-case-suffixes`")
    use_case_method: str = described("execute", "The method that runs a use case", min_length=1)
    extend_verbs: Names = _listed("Verbs, beyond the bundled ones, that a use case's name may begin with")
    depends_functions: Names = _listed(
        "Qualified names of the functions that declare an injected dependency",
        "fastapi.Depends",
        "fastapi.Security",
        "fastapi.param_functions.Depends",
        "fastapi.param_functions.Security",
        "fastapi.params.Depends",
        "fastapi.params.Security",
        "taskiq.TaskiqDepends",
        "taskiq_dependencies.Depends",
        "fast_depends.Depends",
    )
    extend_depends_functions: Names = _listed("Functions beyond `depends-functions`")
    provider_prefixes: Names = _listed(
        "Beginnings of a provider's name in a composition module", "get_", "depends_", "provide_"
    )
    extend_provider_prefixes: Names = _listed("Beginnings beyond `provider-prefixes`")
    logger_names: Names = _listed(
        "Names that hold a logger wherever they come from; with a `*`, a pattern in any case",
        *("logger", "log", "_logger", "_log", "LOGGER", "LOG", "*_logger"),
    )
    extend_logger_names: Names = _listed("Names of loggers beyond `logger-names`")
    sensitive_names: Names = described(
        words("sensitive_names"), "Words, or words in a row (`api_key`), that make a name sensitive"
    )
    extend_sensitive_names: Names = _listed("Words beyond `sensitive-names`")
    harmless_words: Names = described(words("harmless_words"), "Words that make a sensitive name harmless")
    extend_harmless_words: Names = _listed("Words beyond `harmless-words`")
    correlation_keys: Names = _listed(
        "Keywords that carry a correlation ID", "correlation_id", "request_id", "trace_id", "x_request_id"
    )
    extend_correlation_keys: Names = _listed("Keywords beyond `correlation-keys`")
    exception_suffixes: Names = _listed("Accepted endings of an exception class's name", "Error")
    extend_exception_suffixes: Names = _listed("Accepted endings beyond `exception-suffixes`")
    plugin_order: tuple[tuple[str, str], ...] = _listed(
        "Pairs of fastapi_factory_utilities plugin classes: the first must stand before the second",
        ("OpenTelemetryPlugin", "AiopikaPlugin"),
    )
    extend_plugin_order: tuple[tuple[str, str], ...] = _listed("Pairs beyond `plugin-order`")
    domain_allow: Names = _listed(
        "Third-party packages the domain may import under PYA113",
        *("pydantic", "pydantic_core", "annotated_types", "typing_extensions"),
    )
    extend_domain_allow: Names = _listed("Packages beyond `domain-allow`")
    application_deny: Names = described(words("application_deny"), "Packages the application layer may not import")
    extend_application_deny: Names = _listed("Packages that neither the application nor the domain layer may import")
    application_allow: Names = _listed("Packages the application layer may import although they are denied")
    extend_application_allow: Names = _listed("Packages beyond `application-allow`")
    max_route_statements: int = described(12, "Statements a route handler may have", ge=1)
    max_flat_settings: int = described(8, "Fields a settings class of several areas may have", ge=1)
    max_module_lines: int = described(600, "Lines a module may have", ge=1)
    max_public_classes: int = described(8, "Public classes a module may have", ge=1)
    stack: Mapping[StackName, str] = described(
        DEFAULT_STACK,
        "What the project has to require of each: a specifier, of which the lower bound counts; entries override the "
        "default ones",
    )
    contracts: "tuple[Contract, ...]" = _listed("Contracts between modules, in import-linter's terms")
    custom_rules: Names = _listed("Globs of ast-grep rule files, relative to the project")
    ruff_aware: bool = described(
        default=True, description="Stay silent where the project's Ruff already reports the same"
    )
    baseline: str = described(".pyarch-baseline.json", "The file of accepted findings, relative to the project")
    project_rules_in_flake8: bool = described(
        default=True, description="Whether Flake8 reports the rules about the whole project"
    )
    check_untyped_providers: bool = described(
        default=False, description="Whether the mypy plugin reports providers without a return annotation"
    )
