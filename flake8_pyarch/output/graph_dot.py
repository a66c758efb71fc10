"""The format `dot` of `pyarch graph`, for Graphviz."""

from collections.abc import Iterator

from flake8_pyarch.output.graph_summary import summary
from flake8_pyarch.output.text import count_of
from flake8_pyarch.project.picture import Picture

__all__ = ["render"]


def render(picture: Picture) -> str:
    """Return a directed graph of the boxes; forbidden arrows are red, arrows of loops dashed."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph layers {"
    yield f"  label={_quoted(summary(picture))}; labelloc=t; rankdir=BT;"
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica];'
    yield "  edge [fontname=Helvetica];"
    for row in picture.rows:
        boxes = [box for box in picture.boxes if box.name in row]
        nodes = " ".join(f"{_quoted(box.name)} [label={_label(box.name, len(box.modules))}];" for box in boxes)
        yield f"  {{ rank=same; {nodes} }}"
    for arrow in picture.arrows:
        style = [f"label={_quoted(str(arrow.imports))}"]
        style += ["color=red, fontcolor=red"] if arrow.forbidden else []
        style += ["style=dashed"] if arrow.looping else []
        yield f"  {_quoted(arrow.importer)} -> {_quoted(arrow.imported)} [{', '.join(style)}];"
    yield "}"


def _label(name: str, modules: int) -> str:
    return _quoted(f"{name}\n{count_of(modules, 'module')}")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
