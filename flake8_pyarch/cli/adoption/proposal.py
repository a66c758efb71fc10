"""Which settings fit a project, and why."""

from typing import Any, NamedTuple

from flake8_pyarch.cli.adoption.survey import Survey
from flake8_pyarch.cli.adoption.use_case_styles import CALL, SETTER_PROPERTY

__all__ = ["Proposed", "propose", "table_of"]


class Proposed(NamedTuple):
    """A setting and the reasons for it.

    Arguments:
        path: the keys that lead to it below `[tool.pyarch]`.
        value: its value.
        reasons: why, a few words each.

    """

    path: tuple[str, ...]
    value: Any
    reasons: tuple[str, ...]


def propose(found: Survey, preset: str | None) -> list[Proposed]:
    """Return the settings that fit what was found.

    Arguments:
        found: what a look at the project came to.
        preset: the preset to start from; the one that fits the use cases where None.

    """
    use_cases = found.use_cases
    style = use_cases.style
    reason = "as asked for"
    if preset is None:
        preset, reason = _preset(found)
    proposed = [Proposed(("preset",), preset, (reason,))]
    if found.source_roots:
        reason = f"the imports of {found.modules_below_roots} modules start there"
        proposed.append(Proposed(("src",), found.source_roots, (reason,)))
    if style == CALL:
        proposed.append(Proposed(("use-case-style",), CALL, ("execute takes arguments or returns, nearly everywhere",)))
    method = use_cases.method or "execute"
    if method != "execute" and use_cases.methods[method] > 1:
        reason = f"the only public method of {use_cases.methods[method]} of {use_cases.classes} use cases"
        proposed.append(Proposed(("use-case-method",), method, (reason,)))
    if found.has_core:
        for layer in dict.fromkeys(area.layer for area in found.areas.values()):
            areas = {n: area for n, area in found.areas.items() if area.layer is layer and area.is_convincing}
            if areas:
                reasons = tuple(f"{name}: {areas[name].evidence}" for name in sorted(areas))
                proposed.append(Proposed(("layers", layer.value, "extend-packages"), sorted(areas), reasons))
    return proposed


def table_of(proposed: list[Proposed]) -> dict[str, Any]:
    """Return the settings as the table `[tool.pyarch]`."""
    table: dict[str, Any] = {}
    for setting in proposed:
        home = table
        for name in setting.path[:-1]:
            home = home.setdefault(name, {})
        home[setting.path[-1]] = setting.value
    return table


def _preset(found: Survey) -> tuple[str, str]:
    if found.use_cases.style == SETTER_PROPERTY:
        return "seed", "the use cases take inputs by setters and show results by properties"
    if found.use_cases.classes:
        return "clean", "the use cases are of another style than the preset 'seed' asks for"
    if found.modules:
        return "clean", "there are no use-case classes, so no house style is assumed"
    return "seed", "there is no code yet, so the whole style is proposed"
