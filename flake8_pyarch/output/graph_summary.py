"""The title of a picture, in every format of `pyarch graph` for people."""

from flake8_pyarch.output.text import count_of
from flake8_pyarch.project.picture import Picture

__all__ = ["summary"]


def summary(picture: Picture) -> str:
    """Return the title and what there is of everything."""
    parts = [count_of(len(picture.modules), "module"), count_of(len(picture.imports), "import")]
    parts += [f"{len(picture.forbidden)} forbidden", count_of(len(picture.loops), "loop")]
    return f"{picture.title}: {', '.join(parts)}"
