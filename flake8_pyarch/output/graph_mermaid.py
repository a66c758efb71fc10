"""The format `mermaid` of `pyarch graph`, for Markdown pages that draw it."""

from collections.abc import Iterator

from flake8_pyarch.output.graph_summary import summary
from flake8_pyarch.output.text import count_of
from flake8_pyarch.project.picture import Picture

__all__ = ["render"]


def render(picture: Picture) -> str:
    """Return a flow chart of the boxes; forbidden arrows are red, arrows of loops dashed."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield "---"
    yield f"title: '{summary(picture).replace(chr(39), chr(39) * 2)}'"
    yield "---"
    yield "flowchart BT"
    names = {box.name: f"box{place}" for place, box in enumerate(picture.boxes)}
    for box in picture.boxes:
        knots = {picture.modules[number].knot for number in box.modules} - {None}
        mark = f"<br>{count_of(len(knots), 'loop')}" if knots else ""
        yield f'  {names[box.name]}["{box.name}<br>{count_of(len(box.modules), "module")}{mark}"]'
    styles = []
    for place, arrow in enumerate(picture.arrows):
        line = "-.->" if arrow.looping else "-->"
        yield f"  {names[arrow.importer]} {line}|{arrow.imports}| {names[arrow.imported]}"
        if arrow.forbidden:
            styles.append(f"  linkStyle {place} stroke:#c00,color:#c00")
    yield from styles
