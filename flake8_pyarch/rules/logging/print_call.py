"""PYA602."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.import_time import is_under_main_guard

__all__ = ["PrintCall"]

_PRINTERS = frozenset({"builtins.print", "pprint.pprint", "pprint.pp", "sys.stdout.write"})
_TWINS = {"builtins.print": "T201", "pprint.pprint": "T203"}
_STANDARD_STREAMS = frozenset({"sys.stdout", "sys.stderr"})
_COMMAND_LINE_PACKAGES = frozenset({"cli", "commands", "management"})
_COMMAND_LINE_LIBRARIES = frozenset({"argparse", "click", "docopt", "fire", "getpass", "optparse", "typer"})
_STREAM_POSITION = 1


class PrintCall(Rule):
    """A service prints instead of logging.

    ## Why is this bad?
    What is printed has no level, no time, no request and no structure, and it passes by every handler and filter. It
    cannot be switched off, and nobody finds it in the log. Mostly it is a leftover of debugging.

    Reported are `print`, `pprint` and `sys.stdout.write` in the code of a service. Command lines talk to people, so
    `__main__` modules, the block under `if __name__ == "__main__"`, modules named `cli` and packages named `cli`,
    `commands` or `management` may print, and so may a module that reads arguments (it imports `argparse`, `click` or
    `typer`) or asks its user (`input`). Tests, scripts and examples may print too.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    def borrow(book_id: str) -> None:
        print("borrowed", book_id)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Known problems
    A call whose `file=` or `stream=` is anything but `sys.stdout`, `sys.stderr` or `None` is silent, for it writes
    elsewhere. A module outside a package is taken for a script.

    Ruff's `T201` and `T203` report `print` and `pprint.pprint` everywhere, scripts and command lines included, and know
    neither `pprint.pp` nor `sys.stdout.write`.
    """

    code = "PYA602"
    message = "'{name}' in service code: log an event instead"
    service_code_only = True
    twins = ("T201", "T203")

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        if _is_command_line(module):
            return
        names = {"print", *(entry.bound for entry in module.static_imports if entry.package in {"pprint", "builtins"})}
        for call in module.syntax.of(ast.Call):
            match call.func:
                case ast.Name(id=name) if name in names:
                    pass
                case ast.Attribute(attr="write" | "print" | "pprint" | "pp"):
                    pass
                case _:
                    continue
            printer = module.resolve(call.func)
            if printer not in _PRINTERS or is_under_main_guard(call, module):
                continue
            if not _writes_elsewhere(call, printer, module):
                shown = printer.removeprefix("builtins.")
                yield self.finding(call.func, name=shown, twin=_TWINS.get(printer))


def _is_command_line(module: Module) -> bool:
    if module.stem in {"__main__", "cli"} or not _COMMAND_LINE_PACKAGES.isdisjoint(module.path_parts[:-1]):
        return True
    return not _COMMAND_LINE_LIBRARIES.isdisjoint(module.imported_packages) or any(
        isinstance(call.func, ast.Name) and call.func.id == "input" for call in module.syntax.of(ast.Call)
    )


def _writes_elsewhere(call: ast.Call, printer: str, module: Module) -> bool:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    stream = given.get("file", given.get("stream"))
    if stream is None and printer.startswith("pprint.") and len(call.args) > _STREAM_POSITION:
        stream = call.args[_STREAM_POSITION]
    if stream is None or (isinstance(stream, ast.Constant) and stream.value is None):
        return False
    return module.resolve(stream) not in _STANDARD_STREAMS
