"""What was found and what is proposed, as text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flake8_pyarch.cli.adoption.proposal import Proposed
from flake8_pyarch.cli.adoption.survey import COMPOSITION, Survey
from flake8_pyarch.cli.adoption.toml_edits import toml_value
from flake8_pyarch.output.text import count_of
from flake8_pyarch.settings import LAYERS

__all__ = ["account_of", "proposal_text"]

_MOST_PACKAGES = 4


def account_of(found: Survey) -> Iterator[str]:
    """Yield lines that say what a look at a project came to."""
    unreadable = f", {count_of(found.unreadable, 'file')} that cannot be parsed" if found.unreadable else ""
    modules, tests = count_of(found.modules, "module"), count_of(found.tests, "test file", "test files")
    yield f"Found {modules} and {tests}{unreadable}."
    if found.layers:
        yield "Layers, by the names of directories:"
        for layer in (*LAYERS, COMPOSITION):
            if layer in found.layers:
                yield _row(layer, found.layers[layer])
    if found.unlayered:
        yield _row("no layer", found.unlayered)
        if found.has_core:
            yield (
                "The rules about layers leave what has no layer alone, until [tool.pyarch.layers.<name>] "
                "names it under extend-packages."
            )
    if found.modules and not found.has_core:
        yield (
            "No domain and no application layer are known here, so the rules about layers have nothing to say, until "
            "[tool.pyarch.layers.<name>] names the packages of each layer."
        )
    use_cases = found.use_cases
    if use_cases.classes:
        styles = ", ".join(f"{count} in the style '{style}'" for style, count in use_cases.styles.most_common())
        classes = count_of(use_cases.classes, "use-case class", "use-case classes")
        yield f"Found {classes}{': ' if styles else ''}{styles}."


def proposal_text(proposed: Sequence[Proposed]) -> Iterator[str]:
    """Yield lines that say which settings are proposed, each with its reason."""
    for setting in proposed:
        written = f"{'.'.join(setting.path)} = {toml_value(setting.value)}"
        yield from (f"  {line}" for line in written.splitlines())
        yield from (f"    {reason}" for reason in setting.reasons)


def _row(name: str, packages: Counter[str]) -> str:
    listed = [package or "." for package, _ in packages.most_common(_MOST_PACKAGES)]
    more = [f"and {len(packages) - len(listed)} more"] if len(packages) > len(listed) else []
    return f"  {name:<14} {packages.total():>4}  {', '.join([*listed, *more])}"
