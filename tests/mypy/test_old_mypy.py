"""With mypy older than 2.4, which does not tell when a module has been checked, default values are checked.

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


def is_of_default_value(said: str) -> bool:
    path, line, column, _ = said.split(":", 3)
    before = FILES[path].split("\n")[int(line) - 1][: int(column) - 1]
    return before.endswith("= ") and "[pyarch-depends-override]" not in said


def test_default_values(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {**FILES, "like_old.py": LIKE_OLD}, "like_old.py")
    said = [line for line in run_mypy(tmp_path, cache, told=OLD_MYPY) if "[pyarch-" in line]
    assert said == [line for line in EXPECTED if "[pyarch-" in line and is_of_default_value(line)]
    assert [line for line in run_mypy(tmp_path, cache, told=OLD_MYPY) if "[pyarch-" in line] == said
