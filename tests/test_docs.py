"""What is made from the rules says what the rules say."""

from docs.generate import ROOT, generated_files


def test_generated_files_are_up_to_date() -> None:
    files = generated_files()
    written = {name: (ROOT / name).read_text(encoding="utf-8") for name in files if (ROOT / name).exists()}
    assert written == files, "run `make docs`"
    pages = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/rules/*.md")}
    assert pages <= set(files)
