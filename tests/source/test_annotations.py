"""What annotations allow."""

import ast

import pytest

from flake8_pyarch.source.annotations import alternatives


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", "str"),
        ("str | None", "str, None"),
        ("Optional[str]", "str"),
        ("typing.Union[str, bytes, None]", "str, bytes, None"),
        ("Annotated[str | None, Field()]", "str, None"),
        ("'str | Optional[int]'", "str, int"),
        ("'not a type'", "'not a type'"),
        ("list[str]", "list[str]"),
        ("Annotated[str]", "str"),
        ("Annotated['str | None', Field()] | Final[int]", "str, None, int"),
        ("\"'str'\"", "str"),
    ],
)
def test_alternatives(annotation: str, expected: str) -> None:
    node = ast.parse(annotation, mode="eval").body
    assert ", ".join(map(ast.unparse, alternatives(node))) == expected
