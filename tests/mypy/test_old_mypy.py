"""With mypy older than 2.4, which does not tell when a module has been checked, it is less that is checked.

That is default values, and in which order use cases are called.

Any mypy can be made to be like that: it is what the plugin knows of it that makes the difference.
"""

from pathlib import Path

from tests.mypy.cases import CASES
from tests.mypy.running import OLD_MYPY, run_mypy, write

LIKE_OLD = """\
from mypy_pyarch import hooks

hooks.HAS_FINAL_PASS = False
if "get_additional_indirect_deps" in vars(hooks.PyarchPlugin):
    del hooks.PyarchPlugin.get_additional_indirect_deps


def plugin(version):
    return hooks.PyarchPlugin
"""
FILES = {
    path: text
    for case in CASES
    if not case.settings and not case.name.startswith("suppression")
    for path, text in case.files.items()
}
EXPECTED = [said for case in CASES for said in case.expected if said.partition(":")[0] in FILES]


CALLS = ("[pyarch-input-not-set]", "[pyarch-not-executed]", "[pyarch-executed-twice]")


MISSED = {"cases", "members_left_over"}
"""Functions of the cases: whether a match leaves something over is not asked."""


def is_checked(said: str) -> bool:
    path, line, column, _ = said.split(":", 3)
    above = FILES[path].split("\n")[: int(line)]
    before = above[-1][: int(column) - 1]
    functions = [text[len("def ") :].partition("(")[0] for text in above if text.startswith("def ")]
    if functions and functions[-1] in MISSED:
        return False
    is_default_value = before.endswith("= ") and "[pyarch-depends-" in said and "[pyarch-depends-override]" not in said
    return is_default_value or said.endswith(CALLS)


def test_what_is_checked(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {**FILES, "like_old.py": LIKE_OLD}, "like_old.py")
    said = [line for line in run_mypy(tmp_path, cache, told=OLD_MYPY) if "[pyarch-" in line]
    assert said == [line for line in EXPECTED if "[pyarch-" in line and is_checked(line)]
    assert [line for line in run_mypy(tmp_path, cache, told=OLD_MYPY) if "[pyarch-" in line] == said
