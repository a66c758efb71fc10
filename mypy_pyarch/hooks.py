"""The hook table: which of mypy's questions we answer, and who does."""

import sys
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from mypy.nodes import Context, Expression, MypyFile
from mypy.options import Options
from mypy.plugin import (
    AnalyzeTypeContext,
    AttributeContext,
    FunctionContext,
    MethodContext,
    Plugin,
    ReportConfigContext,
)
from mypy.types import ANNOTATED_TYPE_NAMES, Type

from flake8_pyarch import __version__
from mypy_pyarch.configuration import read_settings, root_of
from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.files import is_third_party, read_bytes
from mypy_pyarch.guard import Guard
from mypy_pyarch.internals import HAS_FINAL_PASS, IS_WORKER, Build, Checker, Scope, as_checker
from mypy_pyarch.statements import Statements

if TYPE_CHECKING:
    from mypy_pyarch.depends.checks import DependsChecks
    from mypy_pyarch.sources import Sources
    from mypy_pyarch.use_cases.checks import UseCaseChecks

__all__ = ["PyarchPlugin", "plugin"]

_OLD_MYPY = (
    "mypy_pyarch: note: with mypy older than 2.4 only default values, x: T = Depends(provider), "
    "and in which order use cases are called are checked\n"
)


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001 - mypy passes its version; what it can do is looked at instead
    """Return the plugin's class: mypy's entry point."""
    return PyarchPlugin


class PyarchPlugin(Plugin):
    """Checks what FastAPI injects, and use cases. It changes no type, and adds no code."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._settings = read_settings(options.config_file)
        self._depends_functions = DependsFunctions(self._settings.depends_functions)
        self._configuration = sha256(repr(self._settings).encode()).hexdigest()
        self._build: Build | None = None
        self._is_analyzing_annotated = False
        if not HAS_FINAL_PASS and not IS_WORKER:
            sys.stderr.write(_OLD_MYPY)

    @cached_property
    def _sources(self) -> "Sources":
        """The files of the run."""
        from mypy_pyarch.sources import Sources  # noqa: PLC0415 - needed no sooner than the checks

        return Sources()

    @cached_property
    def _depends(self) -> "DependsChecks":
        """The checks on injection: imported when needed, for with everything in its cache mypy asks for nothing."""
        from mypy_pyarch.depends.checks import DependsChecks  # noqa: PLC0415

        return DependsChecks(self._settings, self._depends_functions, self._sources)

    @cached_property
    def _use_cases(self) -> "UseCaseChecks":
        """The checks on use cases, imported when needed as well."""
        from mypy_pyarch.use_cases.checks import UseCaseChecks  # noqa: PLC0415

        root = root_of(self.options.config_file)
        return UseCaseChecks(self._settings, root, self._depends_functions, self._sources)

    def get_type_analyze_hook(self, fullname: str) -> Callable[[AnalyzeTypeContext], Type] | None:
        """Answer for `Annotated`, whose metadata is of no interest to mypy."""
        if fullname in ANNOTATED_TYPE_NAMES:
            is_ours, self._is_analyzing_annotated = self._is_analyzing_annotated, False
            is_silent = self._build is not None and not self._build.is_reported(self._build.errors.file)
            return None if is_ours or is_silent else self._on_annotated
        return self._on_first_type if self._build is None else None

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        """Answer for `Depends` and its like."""
        if fullname in self._depends_functions:
            return self._on_depends
        return self._on_first_call if self._build is None else None

    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        """Answer for the first method of a run that is called, to see the build.

        A mypy that does not tell when a module has been checked is answered for the execution of use cases as well.
        """
        if not HAS_FINAL_PASS and fullname.endswith(f".{self._settings.use_case_method}"):
            return self._on_execute
        return self._on_first_call if self._build is None else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """Answer for results of use cases, where this mypy does not tell when a module has been checked."""
        return self._on_result if not HAS_FINAL_PASS and self._use_cases.is_result(fullname) else None

    def get_additional_indirect_deps(self, file: MypyFile) -> set[str]:
        """Go on with a module that mypy has checked; return the modules that what we found depends on."""
        build, modules = self._build, set[str]()
        if build is not None and build.is_at_work_on(file) and build.is_reported(file.path):
            with Guard(build), build.checker_of(file) as checker:
                statements = Statements(file.defs, checker.options)
                for check_module in (self._depends.check_module, self._use_cases.check_module):
                    with Guard(build):
                        modules |= check_module(build, statements, checker)
        return modules

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """Return what decides on findings besides what mypy knows of: where that changes it checks a module again.

        The metadata of `Annotated` is not part of what mypy knows of a module, nor what a method does. So those that
        import one that holds either are checked again when its text changes.
        """
        with Guard(self._build):
            if not is_third_party(ctx.path):
                text = read_bytes(ctx.path) or b""
                digest = sha256(text).hexdigest() if self._tells_more_than_types(text) else ""
                return [__version__, self._configuration, digest]
        return None

    def _tells_more_than_types(self, text: bytes) -> bool:
        """Tell whether what we find elsewhere may hang on more of a module than mypy's symbol tables hold."""
        words = (b".set_", b"def set_", f"def {self._settings.use_case_method}(".encode())
        return self._depends_functions.are_mentioned_in(text) or any(word in text for word in words)

    def _on_first_type(self, ctx: AnalyzeTypeContext) -> Type:
        with Guard(None):
            scope = Scope.of(ctx.api)
            self._build = scope.build if scope else None
        return ctx.api.analyze_type(ctx.type)

    def _on_first_call(self, ctx: FunctionContext | MethodContext) -> Type:
        with Guard(None):
            self._build = Build.of_type_check(ctx.api)
        return ctx.default_return_type

    def _on_execute(self, ctx: MethodContext) -> Type:
        self._on_first_call(ctx)
        self._check_expression(ctx.context, as_checker(ctx.api))
        return ctx.default_return_type

    def _on_result(self, ctx: AttributeContext) -> Type:
        self._check_expression(ctx.context, as_checker(ctx.api))
        return ctx.default_attr_type

    def _check_expression(self, node: Context, checker: Checker) -> None:
        with Guard(self._build):
            if isinstance(node, Expression) and checker.path not in checker.errors.ignored_files:
                self._use_cases.check_expression(node, checker)

    def _on_annotated(self, ctx: AnalyzeTypeContext) -> Type:
        self._is_analyzing_annotated = True
        analyzed = ctx.api.analyze_type(ctx.type)
        self._is_analyzing_annotated = False
        with Guard(self._build):
            scope = Scope.of(ctx.api)
            if HAS_FINAL_PASS and scope:
                self._build = self._build or scope.build
                if self._build.is_reported(scope.file.path):
                    self._depends.read_annotated(ctx.type, analyzed, scope)
        return analyzed

    def _on_depends(self, ctx: FunctionContext) -> Type:
        with Guard(self._build):
            self._build = self._build or Build.of_type_check(ctx.api)
            self._depends.check_call(ctx, as_checker(ctx.api))
        return ctx.default_return_type
