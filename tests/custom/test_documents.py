"""Rule files are read as YAML 1.2, and no file can do harm."""

from pathlib import Path

import pytest

from flake8_pyarch.custom.documents import Document, read_documents
from flake8_pyarch.settings import ConfigurationError


def read(tmp_path: Path, content: str | bytes) -> list[Document]:
    path = tmp_path / "rules.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_documents(str(path))


def test_words_are_what_yaml_1_2_says(tmp_path: Path) -> None:
    text = "a: off\nb: 'true'\nc: true\nNO: ~\nd: -3\ne: '3'\nf: 3.5\ng: |\n  x\n  y\nh: 2020-01-01\ni: yes\n"
    (document,) = read(tmp_path, text)
    assert document.value == {
        "a": "off",
        "b": "true",
        "c": True,
        "NO": None,
        "d": -3,
        "e": "3",
        "f": "3.5",
        "g": "x\ny\n",
        "h": "2020-01-01",
        "i": "yes",
    }


def test_documents_know_their_line(tmp_path: Path) -> None:
    documents = read(tmp_path, "a: 1\n---\n---\nb: 2\n--- \n- 3\n")
    assert documents == [Document(1, {"a": 1}), Document(3, {"b": 2}), Document(5, [3])]


@pytest.mark.parametrize("content", ["", "# nothing\n", "---\n---\n", b"\xef\xbb\xbf"])
def test_nothing_is_no_document(tmp_path: Path, content: str | bytes) -> None:
    assert read(tmp_path, content) == []


def test_aliases_stand_for_what_they_name(tmp_path: Path) -> None:
    (document,) = read(tmp_path, "a: &x {k: [1]}\nb: *x\n")
    assert document.value == {"a": {"k": [1]}, "b": {"k": [1]}}


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: !!python/object:os.system x", "line 1, column 4: the tag 'tag:yaml.org,2002:python/object:os.system' is"),
        ("a: !secret x", "line 1, column 4: the tag '!secret' is not allowed"),
        ("a: !!set {b}", "line 1, column 4: the tag 'tag:yaml.org,2002:set' is not allowed"),
        (LAUGHS, "holds more than 50000 values, what aliases stand for included"),
        ("- &a [*a]", "line 1, column 7: the alias 'a' stands for nothing that has ended"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "line 4, column 3: the key 'c' occurs twice"),
        ("[" * 100_000, "line 1, column 61: is nested deeper than 60 levels"),
        ("- " * 100_000, "is nested deeper than 60 levels"),
        ("? [a]\n: b\n", "line 1, column 3: a key must be a word"),
        ("a: b: c\n", "line 1, column 5: mapping values are not allowed in this context"),
        ("a: \x07", "it holds characters that YAML does not allow"),
        (b"a: \xff", "byte 3 is not UTF-8"),
        (b"a: " + b"x" * 600_000, "is larger than 512 KiB: split it"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, content: str | bytes, problem: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(tmp_path, content)
    assert raised.value.origin == str(tmp_path / "rules.yml")
    assert problem in raised.value.problem


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_documents(str(tmp_path))
    assert str(raised.value) == f"{tmp_path}: cannot be read: Is a directory"
