"""What a rule is."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from flake8_pyarch.checking.finding import Finding, Fix
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.module import span_of

__all__ = ["Handler", "Rule", "Span"]

Handler = Callable[[Any, Any, Module], Iterator[Finding]]
Span = tuple[int, int, int]
"""A line and the columns where something on it begins and ends, as `Module.name_span` gives it."""


class Rule:
    """A rule: its documentation, its gates, and its handlers.

    The docstring is the documentation page. A method `visit_<Subject>` is a handler: it gets each subject of a file,
    and the module, and yields findings. A subject is a node type of `ast`, or one of `SUBJECTS` in `checker.py`.

    Attributes:
        code: the code, `PYA101`.
        message: the message, with `{names}` that `finding` fills in; one sentence, no full stop.
        on_by_default: whether the rule reports unless it is deselected.
        layers: the layers it looks at, or None for every module.
        packages: the top-level packages of which a module must import one, or empty.
        in_tests: whether it looks at tests.
        in_composition: whether it looks at composition modules.
        service_code_only: whether it looks at service code alone (see `Module.is_service_code`).
        in_flake8: whether Flake8 reports it too.
        is_about_project: whether it is a `ProjectRule`.
        in_manifest: whether its findings stand in files that Flake8 does not look at (`pyproject.toml`), so that Flake8
            reports them on the application package instead.
        needs_contracts: whether it has nothing to do in a project without contracts.
        twins: the rules of Ruff that see the same, wholly or in part.
        is_fixable: whether a finding may carry a fix.
        url: where it is documented, for a custom rule.

    """

    code: str
    message: str
    on_by_default: bool = True
    layers: ClassVar[frozenset[Layer] | None] = None
    packages: ClassVar[frozenset[str]] = frozenset()
    in_tests: ClassVar[bool] = False
    in_composition: ClassVar[bool] = True
    service_code_only: ClassVar[bool] = False
    in_flake8: ClassVar[bool] = True
    is_about_project: ClassVar[bool] = False
    in_manifest: ClassVar[bool] = False
    needs_contracts: ClassVar[bool] = False
    twins: ClassVar[tuple[str, ...]] = ()
    is_fixable: bool = False
    url: str | None = None
    handlers: ClassVar[Mapping[str, Handler]] = {}

    def __init_subclass__(cls) -> None:
        cls.handlers = {
            name.removeprefix("visit_"): getattr(cls, name) for name in dir(cls) if name.startswith("visit_")
        }

    @property
    def name(self) -> str:
        """The rule's name: `outward-import` for the class `OutwardImport`."""
        letters = ("-" + letter.lower() if letter.isupper() else letter for letter in type(self).__name__)
        return "".join(letters).removeprefix("-")

    @property
    def documentation(self) -> str:
        """The text its page is made from."""
        import inspect  # noqa: PLC0415 - to check files takes no documentation

        return inspect.cleandoc(type(self).__doc__ or "")

    def looks_at(self, module: Module) -> bool:
        """Tell whether the rule looks at a module that its gates let pass and that has subjects of its handlers."""
        del module
        return True

    def finding(
        self,
        where: ast.AST | Span,
        *,
        fix: Fix | None = None,
        twin: str | tuple[str, ...] | None = None,
        **values: object,
    ) -> Finding:
        """Return a finding at a node, or at a span of a line, with `values` filled into the message.

        `twin` is the rule of Ruff that reports the same, or the rules that each do.
        """
        message = self.message.format_map(values)
        twins = (twin,) if isinstance(twin, str) else twin or ()
        return Finding(self.code, message, *span_of(where), fix, twins)
