"""Which keys a rule file may have, and of what kind: ast-grep's, as far as `ast-grep-py` can do them.

ast-grep checks the patterns, kinds and regular expressions themselves; what it says of keys does not name them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flake8_pyarch.settings import did_you_mean

__all__ = ["RULE_FILE", "TEST_FILE", "Kind", "problems"]


@dataclass(frozen=True)
class Kind:
    """What may stand as a value.

    Arguments:
        name: how to name it in an error.
        types: the plain types it may have.
        words: the words it may be, empty for any.
        table: the keys it may have where it is a table, each with its kind; a key `*` stands for any.
        required: the keys it must have.
        each: of what kind the entries are where it is a list.

    """

    name: str
    types: tuple[type, ...]
    words: tuple[str, ...] = ()
    table: Mapping[str, "Kind"] | None = None
    required: tuple[str, ...] = ()
    each: "Kind | None" = None


def problems(value: Any, kind: Kind, key: str = "") -> Iterator[str]:
    """Yield a sentence for each thing in `value` that `kind` does not allow.

    Arguments:
        value: the value.
        kind: what it should be.
        key: where it stands, as a user would write it: `rule.inside.stopBy`; empty for a whole document.

    """
    if not isinstance(value, kind.types) or (isinstance(value, bool) and bool not in kind.types):
        yield f"'{key}' is {_shown(value)}, expected {kind.name}"
    elif isinstance(value, str) and kind.words and value not in kind.words:
        yield f"'{key}' is {_shown(value)}, expected {kind.name}{did_you_mean(value, list(kind.words))}"
    elif isinstance(value, dict) and kind.table is not None:
        prefix = f"{key}." if key else ""
        where = f" in '{key}'" if key else ""
        for name in value:
            its_kind = kind.table.get(name, kind.table.get("*"))
            if its_kind is None:
                yield f"unknown key '{name}'{where}{did_you_mean(name, list(kind.table))}"
            else:
                yield from problems(value[name], its_kind, f"{prefix}{name}")
        yield from (f"the key '{name}' is missing{where}" for name in kind.required if name not in value)
    elif isinstance(value, list) and kind.each is not None:
        for number, entry in enumerate(value):
            yield from problems(entry, kind.each, f"{key}[{number}]")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return {None: "empty", True: "true", False: "false"}.get(value) or repr(value)


def _list_of(kind: Kind, plural: str) -> Kind:
    return Kind(f"a list of {plural}", (list,), each=kind)


def _one_of(*words: str) -> Kind:
    return Kind(" or ".join([", ".join(map(repr, words[:-1])), repr(words[-1])]), (str,), words)


_TEXT = Kind("a text", (str,))
_WHOLE = Kind("a whole number", (int,))
_TRUTH = Kind("true or false", (bool,))
_ANY = Kind("anything", (object,))
_ANYTHING = Kind("a table", (dict,), table={"*": Kind("anything", (object, bool))})

_rule: dict[str, Kind] = {}
_relation: dict[str, Kind] = {}
_RULE = Kind("a table", (dict,), table=_rule)
_RELATION = Kind("a table", (dict,), table=_relation)
_STRICTNESS = _one_of("cst", "smart", "ast", "relaxed", "signature", "template")
_PATTERN = Kind(
    "a text, or a table with a 'context'",
    (str, dict),
    table={"context": _TEXT, "selector": _TEXT, "strictness": _STRICTNESS},
    required=("context",),
)
_POSITION = Kind("a whole number or a text", (int, str))
_NTH_CHILD = Kind(
    "a whole number, a text, or a table with a 'position'",
    (int, str, dict),
    table={"position": _POSITION, "reverse": _TRUTH, "ofRule": _RULE},
    required=("position",),
)
_POINT = Kind("a table", (dict,), table={"line": _WHOLE, "column": _WHOLE}, required=("line", "column"))
_RANGE = Kind("a table", (dict,), table={"start": _POINT, "end": _POINT}, required=("start", "end"))
_rule |= {
    "pattern": _PATTERN,
    "kind": _TEXT,
    "regex": _TEXT,
    "nthChild": _NTH_CHILD,
    "range": _RANGE,
    "inside": _RELATION,
    "has": _RELATION,
    "precedes": _RELATION,
    "follows": _RELATION,
    "all": _list_of(_RULE, "rules"),
    "any": _list_of(_RULE, "rules"),
    "not": _RULE,
    "matches": _TEXT,
}
_STOP = Kind("'neighbor', 'end' or a rule", (str, dict), words=("neighbor", "end"), table=_rule)
_relation |= {**_rule, "stopBy": _STOP, "field": _TEXT}

_CASES = _one_of("lowerCase", "upperCase", "capitalize", "camelCase", "snakeCase", "kebabCase", "pascalCase")
_SEPARATORS = _one_of("caseChange", "dash", "dot", "slash", "space", "underscore")
_SUBSTRING = {"source": _TEXT, "startChar": _WHOLE, "endChar": _WHOLE}
_REPLACE = {"source": _TEXT, "replace": _TEXT, "by": _TEXT}
_CONVERT = {"source": _TEXT, "toCase": _CASES, "separatedBy": _list_of(_SEPARATORS, "separators")}
_TRANSFORMATION = Kind(
    "a text, or a table with 'substring', 'replace' or 'convert'",
    (str, dict),
    table={
        "substring": Kind("a table", (dict,), table=_SUBSTRING, required=("source",)),
        "replace": Kind("a table", (dict,), table=_REPLACE, required=("source", "replace", "by")),
        "convert": Kind("a table", (dict,), table=_CONVERT, required=("source", "toCase")),
    },
)
_FIX = {"template": _TEXT, "title": _TEXT, "expandStart": _RELATION, "expandEnd": _RELATION}
_TITLED_FIX = Kind("a table", (dict,), table=_FIX, required=("template", "title"))
_GLOB_TABLE = {"glob": _TEXT, "caseInsensitive": _TRUTH}
_GLOB = Kind("a glob, or a table with a 'glob'", (str, dict), table=_GLOB_TABLE, required=("glob",))
_SNIPPETS = _list_of(_TEXT, "texts")
_FIXES = Kind(
    "a text, a table with a 'template', or a list of such",
    (str, dict, list),
    table=_FIX,
    required=("template",),
    each=_TITLED_FIX,
)

RULE_FILE = Kind(
    "a rule",
    (dict,),
    table={
        "id": _TEXT,
        "language": _TEXT,
        "message": _TEXT,
        "note": _TEXT,
        "severity": _one_of("hint", "info", "warning", "error", "off"),
        "url": _TEXT,
        "metadata": _ANYTHING,
        "labels": _ANYTHING,
        "files": _list_of(_GLOB, "globs"),
        "ignores": _list_of(_GLOB, "globs"),
        "rule": _RULE,
        "constraints": Kind("a table of rules", (dict,), table={"*": _RULE}),
        "utils": Kind("a table of rules", (dict,), table={"*": _RULE}),
        "transform": Kind("a table of transformations", (dict,), table={"*": _TRANSFORMATION}),
        "fix": _FIXES,
        "valid": _SNIPPETS,
        "invalid": _SNIPPETS,
    },
    required=("id", "language", "rule"),
)
"""A document that is a rule."""

TEST_FILE = Kind("tests", (dict,), table={"id": _TEXT, "valid": _SNIPPETS, "invalid": _SNIPPETS}, required=("id",))
"""A document that tests the rule with its `id`."""
