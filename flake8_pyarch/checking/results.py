"""What the check of one file comes to, as plain data that a cache can hold and a worker can send."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flake8_pyarch.checking.finding import About, Edit, Finding, Fix
from flake8_pyarch.checking.identity import Identity
from flake8_pyarch.source.inputs import Input, InputKind

__all__ = ["FileResult", "Reported"]


class Reported(NamedTuple):
    """A finding that no comment silences.

    Arguments:
        finding: the finding.
        identity: what a baseline knows it by.
        noqa_line: the line where a `noqa` comment would silence it.

    """

    finding: Finding
    identity: Identity
    noqa_line: int


class FileResult(NamedTuple):
    """The check of one file.

    Arguments:
        reported: its findings, in order.
        problem: why the file could not be read, or None.
        inputs: the other files that the findings, or that there are none, depend on.
        facts: what rules about the whole project have to know of the file, by their codes.
        is_whole: whether each rule had its full say, so that what is not reported is not there.

    """

    reported: tuple[Reported, ...] = ()
    problem: str | None = None
    inputs: tuple[Input, ...] = ()
    facts: Mapping[str, Any] = {}
    is_whole: bool = True

    def as_data(self) -> list[Any]:
        """Return the result, which is a whole one, as lists and scalars."""
        reported = [_reported_as_data(each) for each in self.reported]
        return [reported, self.problem, [list(each) for each in self.inputs], dict(self.facts)]

    @classmethod
    def from_data(cls, data: Sequence[Any]) -> "FileResult":
        """Return the result that `as_data` gave.

        Raises:
            ValueError, TypeError, KeyError, IndexError: the data have another form.

        """
        reported, problem, inputs, facts = data
        return cls(
            tuple(_reported_from_data(each) for each in reported),
            None if problem is None else str(problem),
            tuple(Input(InputKind(kind), str(path)) for kind, path in inputs),
            dict(facts),
        )


def _reported_as_data(reported: Reported) -> list[Any]:
    finding, identity = reported.finding, reported.identity
    fix = finding.fix
    return [
        finding.code,
        finding.message,
        [finding.line, finding.column, finding.end_line, finding.end_column],
        None if fix is None else [fix.message, fix.is_safe, [_edit_as_data(edit) for edit in fix.edits]],
        list(finding.twins),
        [identity.symbol, identity.digest],
        reported.noqa_line,
        finding.about,
    ]


def _reported_from_data(data: Sequence[Any]) -> Reported:
    code, message, span, fix, twins, (symbol, digest), noqa_line, about = data
    if not str(code).isalnum():
        raise ValueError(code)
    code = str(code)
    line, column, end_line, end_column = _range_from_data(span)
    finding = Finding(
        code,
        str(message),
        line,
        column,
        end_line,
        end_column,
        None if fix is None else Fix(str(fix[0]), tuple(_edit_from_data(edit) for edit in fix[2]), bool(fix[1])),
        tuple(str(twin) for twin in twins),
        None if about is None else _about_from_data(about),
    )
    return Reported(finding, Identity(code, str(symbol), str(digest)), int(noqa_line))


def _about_from_data(data: Sequence[Any]) -> About:
    name, severity, note, url = data
    return About(str(name), str(severity), str(note), None if url is None else str(url))


def _edit_as_data(edit: Edit) -> list[Any]:
    return [edit.line, edit.column, edit.end_line, edit.end_column, edit.text]


def _edit_from_data(data: Sequence[Any]) -> Edit:
    *numbers, text = data
    return Edit(*_range_from_data(numbers), str(text))


def _range_from_data(numbers: Sequence[Any]) -> tuple[int, int, int, int]:
    line, column, end_line, end_column = (int(number) for number in numbers)
    if not 0 < line <= end_line or column < 0 or end_column < 0:
        raise ValueError(numbers)
    return line, column, end_line, end_column
