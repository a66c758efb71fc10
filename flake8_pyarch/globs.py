"""Globs as ast-grep and Ruff read them: a `*` crosses directories."""

import re
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["GlobError", "escaped", "path_matcher"]


class GlobError(ValueError):
    """A glob cannot be understood.

    Arguments:
        problem: what is wrong with it.

    """


def path_matcher(globs: Sequence[str | dict[str, Any]]) -> Callable[[str], bool]:
    """Return a function that tells whether one of `globs` covers a path, which has forward slashes.

    Arguments:
        globs: each a glob, or a table with a `glob` and, where case does not matter, a true `caseInsensitive`.

    Raises:
        GlobError: one of them cannot be understood.

    """
    patterns = []
    for glob in globs:
        text, flags = (
            (glob, 0) if isinstance(glob, str) else (glob["glob"], re.IGNORECASE * glob.get("caseInsensitive", False))
        )
        patterns.append(re.compile(_expression(text).encode(errors="surrogateescape"), flags | re.DOTALL))
    # A `?` stands for a byte, as it does there.
    return lambda path: any(pattern.fullmatch(path.encode(errors="surrogateescape")) for pattern in patterns)


def escaped(text: str) -> str:
    """Return the glob that covers this text alone."""
    return re.sub(r"([?*\[\]{},\\])", r"\\\1", text)


def _expression(glob: str) -> str:
    parts: list[str] = []
    depth = 0
    position = 0
    while position < len(glob):
        rest = glob[position:]
        at_start = position == 0 or glob[position - 1] == "/"
        if at_start and rest.startswith("**/"):
            parts.append("(?:.*/)?")
            position += 3
        elif at_start and rest == "**" and position:
            parts.append(".+")
            position += 2
        elif rest[0] == "*":
            parts.append(".*")
            position += len(rest) - len(rest.lstrip("*"))
        elif rest[0] == "?":
            parts.append(".")
            position += 1
        elif rest[0] == "[":
            text, length = _character_class(rest)
            parts.append(text)
            position += length
        elif rest[0] == "{":
            parts.append("(?:")
            depth += 1
            position += 1
        elif rest[0] == "}":
            if not depth:
                raise GlobError("has a '}' without a '{'")
            parts.append(")")
            depth -= 1
            position += 1
        elif rest[0] == "," and depth:
            parts.append("|")
            position += 1
        elif rest[0] == "\\":
            if len(rest) == 1:
                raise GlobError("ends with a '\\'")
            parts.append(re.escape(rest[1]))
            position += 2
        else:
            parts.append(re.escape(rest[0]))
            position += 1
    if depth:
        raise GlobError("has a '{' without a '}'")
    return "".join(parts)


def _character_class(text: str) -> tuple[str, int]:
    """Return the regular expression of the class that `text` begins with, and the class's length."""
    is_negated = text[1:2] in {"!", "^"}
    start = 2 if is_negated else 1
    end = text.find("]", start + 1)
    if end < 0:
        raise GlobError("has a '[' without a ']'")
    members = re.sub(r"([\\\[\]^&~|])", r"\\\1", text[start:end])
    expression = f"[{'^' * is_negated}{members}]"
    try:
        re.compile(expression)
    except re.error as error:
        problem = f"has a '[…]' that cannot be understood: {error.msg}"
        raise GlobError(problem) from error
    return expression, end + 1
