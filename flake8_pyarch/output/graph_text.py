"""The format `text` of `pyarch graph`."""

from collections.abc import Iterator

from flake8_pyarch.output.graph_summary import summary
from flake8_pyarch.output.text import count_of
from flake8_pyarch.project.picture import Picture

__all__ = ["render"]


def render(picture: Picture) -> str:
    """Return the boxes from the inside to the outside, each with what it imports, and the loops."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield summary(picture)
    for box in picture.boxes:
        yield ""
        yield f"{box.name}  {count_of(len(box.modules), 'module')}"
        for arrow in picture.arrows:
            if arrow.importer == box.name:
                marks = f", {arrow.forbidden} forbidden" if arrow.forbidden else ""
                yield f"  -> {arrow.imported}  {count_of(arrow.imports, 'import')}{marks}"
    if picture.forbidden:
        yield ""
        yield "forbidden"
        for each in picture.forbidden:
            importer, imported = (picture.modules[number] for number in (each.importer, each.imported))
            yield f"  {importer.path}:{each.lines[0]}  {importer.name} -> {imported.name}  ({each.problem})"
    if picture.loops:
        yield ""
        yield "loops"
        for loop in picture.loops:
            yield "  " + " -> ".join(picture.modules[number].name for number in loop)
