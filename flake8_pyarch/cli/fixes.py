"""`--fix`: applying fixes until none is left, each file by itself and as a whole."""

import difflib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from flake8_pyarch.checking import FileResult, Finding, Identity, Project, Reported
from flake8_pyarch.checking.fixing import apply_fixes, selected_fixes
from flake8_pyarch.files import read_file, replace_file
from flake8_pyarch.settings import ALWAYS_ON, reason_of
from flake8_pyarch.source.text import SourceText, UnparsableError

__all__ = ["Fixed", "diff", "fix_text", "write_fixed"]

_PASSES = 10

NewOnes = Callable[[str, Project, FileResult], list[Reported]]


@dataclass(slots=True)
class Fixed:
    """What fixing a file came to.

    Arguments:
        content: the bytes afterwards.
        result: the check of those.
        applied: the code of each rule whose findings were fixed → how many.

    """

    content: bytes
    result: FileResult
    applied: Counter[str] = field(default_factory=Counter)


def fix_text(path: str, content: bytes, project: Project, *, unsafe: bool, new_ones: NewOnes) -> Fixed:
    """Return a file's content with all fixes applied, pass after pass, until none is left or ten are done.

    Where a fix breaks the syntax, it is left out and its rule reported as crashed.

    Arguments:
        path: the absolute path of the file.
        content: its bytes.
        project: the project it is checked in.
        unsafe: whether to apply fixes that may change what the program means.
        new_ones: picks from a file's findings those that no baseline accepts.

    """
    fixed = Fixed(content, project.check_text(path, SourceText(content)))
    broken: dict[str, Finding] = {}
    for _ in range(_PASSES):
        text = SourceText(fixed.content)
        wanted = [each.finding for each in new_ones(path, project, fixed.result)]
        chosen = selected_fixes((finding for finding in wanted if finding.code not in broken), unsafe=unsafe)
        if not chosen:
            break
        after = _applied(text, chosen)
        if after is None:
            guilty = [finding for finding in chosen if _applied(text, [finding]) is None] or chosen
            broken |= {finding.code: finding for finding in guilty}
            continue
        fixed.content = after
        fixed.applied.update(finding.code for finding in chosen)
        fixed.result = project.check_text(path, SourceText(after))
    if broken:
        crashes = [_crash(finding) for finding in broken.values()]
        reported = sorted([*fixed.result.reported, *crashes], key=lambda each: each.finding.order)
        fixed.result = fixed.result._replace(reported=tuple(reported))
    return fixed


def _applied(text: SourceText, findings: list[Finding]) -> bytes | None:
    """Return the content with the fixes applied, None where it is no Python any more."""
    try:
        content = apply_fixes(text, findings)
        SourceText(content).parse()
    except (UnicodeEncodeError, UnparsableError):
        return None
    return content


def _crash(finding: Finding) -> Reported:
    message = f"the fix of rule {finding.code} breaks the syntax here and was left out: please report this as a bug"
    crash = Finding(ALWAYS_ON, message, finding.line, finding.column, finding.end_line, finding.end_column)
    return Reported(crash, Identity(ALWAYS_ON, "", ""), finding.line)


def write_fixed(path: str, before: bytes, after: bytes, root: str) -> str | None:
    """Put the fixed content in the place of the file at `path`, and return why not, or None.

    A file that lies outside the project, by a link, or that has changed meanwhile, is left alone.

    Arguments:
        path: the absolute path of the file.
        before: what it held when it was checked.
        after: what it shall hold.
        root: the absolute path of the project.

    """
    real = os.path.realpath(path)
    if os.path.commonpath([real, os.path.realpath(root)]) != os.path.realpath(root):
        return "not fixed, for it is a link that leads out of the project"
    try:
        if read_file(real) != before:
            return "not fixed, for it has changed meanwhile"
        replace_file(real, after)
    except OSError as error:
        return f"not fixed: {reason_of(error)}"
    return None


def diff(shown_path: str, before: bytes, after: bytes) -> str:
    """Return the difference between two contents of a file, as `diff -u` shows it."""
    old, new = (SourceText(content).lines for content in (before, after))
    lines = difflib.unified_diff(old, new, shown_path, shown_path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
