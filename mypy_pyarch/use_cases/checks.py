"""The checks on use cases of one run of mypy."""

from collections.abc import Callable

from mypy.errorcodes import ErrorCode
from mypy.nodes import ClassDef, Expression, FuncDef, MatchStmt, MypyFile, TypeAlias

from flake8_pyarch.settings import Settings
from flake8_pyarch.source.use_cases import USE_CASE_DIRECTORIES, use_case_endings
from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.internals import Build, Checker, function_at_work
from mypy_pyarch.project import Project
from mypy_pyarch.sources import Sources
from mypy_pyarch.statements import Statements, is_checked
from mypy_pyarch.use_cases.assignments import AssignmentCheck
from mypy_pyarch.use_cases.dependencies import DependencyCheck
from mypy_pyarch.use_cases.evaluation import Surroundings
from mypy_pyarch.use_cases.flow import Flow
from mypy_pyarch.use_cases.models import UseCases, use_case_of_type
from mypy_pyarch.use_cases.parameters import ParameterStates
from mypy_pyarch.use_cases.protocol import Protocol, Report
from mypy_pyarch.use_cases.shape import ShapeCheck
from mypy_pyarch.use_cases.surroundings import is_exhaustive, never_returns

__all__ = ["UseCaseChecks"]


class UseCaseChecks:
    """The checks on use cases of one run of mypy.

    Arguments:
        settings: the settings.
        root: the directory of the project.
        functions: what declares that something is injected.
        sources: the files of the run.

    """

    def __init__(self, settings: Settings, root: str, functions: DependsFunctions, sources: Sources) -> None:
        self._settings = settings
        self._functions = functions
        self._sources = sources
        self._project = Project(root, settings, self._sources)
        self._endings = use_case_endings(settings)
        self._words = tuple(word.encode() for word in (*self._endings, *USE_CASE_DIRECTORIES))
        self._run = f".{settings.use_case_method}".encode()

    def check_module(self, build: Build, statements: Statements, checker: Checker) -> set[str]:
        """Check a module whose types are known; return the modules that the findings hang on."""
        file = checker.tree
        text = self._sources.of(file.path).text
        use_cases = UseCases(self._project, build.modules)
        if not self._concerns(file, text, use_cases):
            return set()
        parameters = ParameterStates(checker, self._sources, self._functions, use_cases)
        dependencies = DependencyCheck(self._project, use_cases, checker)
        if not self._project.is_test(file.path):
            self._check_classes(statements, use_cases, dependencies, checker)
            if self._settings.use_case_style == "setter-property":
                AssignmentCheck(use_cases, checker).check(statements)
        self._follow_functions(statements, text, parameters, use_cases, checker)
        return checker.module_refs | use_cases.read_from | parameters.modules | dependencies.modules

    def _check_classes(
        self, statements: Statements, use_cases: UseCases, dependencies: DependencyCheck, checker: Checker
    ) -> None:
        method, style = self._settings.use_case_method, self._settings.use_case_style
        for definition in statements.of(ClassDef):
            dependencies.check(definition)
            use_case = use_cases.of(definition.info)
            if use_case is not None:
                ShapeCheck(use_case, checker, method, style).check(definition)

    def _concerns(self, file: MypyFile, text: bytes, use_cases: UseCases) -> bool:
        """Tell whether a module may define or use a use case: most do not, and shall cost nothing."""
        if b"Service" in text or any(word in text for word in self._words):
            return True
        aliases = (symbol.node for symbol in file.names.values() if isinstance(symbol.node, TypeAlias))
        return self._run in text and any(use_case_of_type(alias.target, use_cases) for alias in aliases)

    def _follow_functions(
        self,
        statements: Statements,
        text: bytes,
        parameters: ParameterStates,
        use_cases: UseCases,
        checker: Checker,
    ) -> None:
        def report(message: str, node: Expression, code: ErrorCode) -> None:
            checker.fail(message, node, code=code)

        surroundings = self._surroundings(use_cases, lambda statement: is_exhaustive(statement, checker))
        lines = text.split(b"\n")
        for function in statements.of(FuncDef):
            if not is_checked(function, checker.options):
                continue
            states = parameters.of(function)
            written = b"\n".join(lines[function.line - 1 : function.end_line])
            if states or self._run in written or any(word in written for word in self._words):
                Flow(function, states, self._protocol(report), surroundings).follow()

    def check_expression(self, node: Expression, checker: Checker) -> None:
        """Check a call of the method that runs a use case, or an attribute, while mypy is at work on its function.

        What comes before it is known by then. It is followed anew for each of them: a mypy that does not tell when a
        module has been checked has no better time for it.
        """
        function = function_at_work(checker)
        if function is None or not is_checked(function, checker.options):
            return

        def report(message: str, found: Expression, code: ErrorCode) -> None:
            if found is node:
                checker.fail(message, node, code=code)

        use_cases = UseCases(self._project, checker.modules)
        states = ParameterStates(checker, self._sources, self._functions, use_cases).of(function)
        surroundings = self._surroundings(use_cases, lambda _: True)
        Flow(function, states, self._protocol(report), surroundings).follow()

    def is_result(self, fullname: str) -> bool:
        """Tell whether an attribute, by its full name, may be a result of a use case."""
        owner = fullname.rpartition(".")[0]
        return owner.endswith(self._endings) or not USE_CASE_DIRECTORIES.isdisjoint(owner.split("."))

    def _surroundings(self, use_cases: UseCases, is_exhaustive: Callable[[MatchStmt], bool]) -> Surroundings:
        return Surroundings(use_cases.of, never_returns, is_exhaustive, frozenset(self._settings.logger_names))

    def _protocol(self, report: Report) -> Protocol:
        may_run_again = self._settings.use_case_style != "setter-property"
        return Protocol(self._settings.use_case_method, report, may_run_again=may_run_again)
