"""Settings that match nothing: a misspelt layer would otherwise be green for ever."""

import os
from collections.abc import Collection, Iterator

from flake8_pyarch.checking import Project

__all__ = ["unmatched_settings"]


def unmatched_settings(project: Project, files: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each setting of a project that names something it does not have.

    Arguments:
        project: the project.
        files: the absolute paths of all its files.

    """
    tree = project.source_tree
    locations = [tree.location(path) for path in files]
    for name, layer in project.settings.layers.items():
        for key, packages in (("packages", layer.packages or ()), ("extend-packages", layer.extend_packages)):
            for package in packages:
                if not any(tree.is_in_package(location, package) for location in locations):
                    yield f"'layers.{name}.{key}' holds {package!r}, which no module matches"
    # Rules about the project report in files that are no Python, such as `pyproject.toml`.
    relative = ["/".join(project.parts(path)) for path in files] + os.listdir(project.root)
    for pattern in project.settings.per_file_ignores:
        if not any(project.matches(pattern, path) for path in relative):
            yield f"'per-file-ignores' holds {pattern!r}, which no file matches"
    for pattern in project.custom_rules.unmatched if project.custom_rules is not None else ():
        yield f"'custom-rules' holds {pattern!r}, which no file matches"
    for pattern in tree.missing_roots:
        yield f"'src' holds {pattern!r}, which is no directory"
