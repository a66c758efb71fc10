"""The documentation says what the code says."""

from pathlib import Path

from docs.generate import generated_pages

DOCS = Path(__file__).parent.parent / "docs"


def test_generated_pages_are_up_to_date() -> None:
    pages = generated_pages()
    written = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.glob("rules/*.md")}
    assert written == pages, "run `make docs`"
