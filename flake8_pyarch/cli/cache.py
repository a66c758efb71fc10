"""The cache of file results, so that a file that has not changed is not read again."""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from flake8_pyarch import __version__
from flake8_pyarch.checking import FileResult, Project
from flake8_pyarch.cli.signatures import Signature
from flake8_pyarch.files import replace_file

__all__ = ["CACHE_DIRECTORY", "Cache", "prepare_cache_directory"]

CACHE_DIRECTORY = ".pyarch_cache"

_FORMAT = 1
_KEPT_FILES = 8


class Cache:
    """The results of one project under one set of rules and settings.

    A result is valid while its file, the files it took facts from, and the listings of the project's directories are
    what they were. A cache that cannot be read is an empty one.

    Arguments:
        directory: the absolute path of the cache directory.
        project: the project.

    """

    def __init__(self, directory: str, project: Project) -> None:
        self._project = project
        self._folder = os.path.join(directory, __version__)
        self._path = os.path.join(self._folder, f"{_key(project)}.json")
        self._files: dict[str, list[Any]] = {}
        self._directories: dict[str, str] = {}
        self._is_changed = False
        self._load()

    def get(self, path: str) -> FileResult | None:
        """Return the result for the file at the absolute `path`, None where there is none or it is out of date."""
        try:
            signature, inputs, data = self._files[path]
            if not Signature(*signature).still_holds(path):
                return None
            if not all(Signature(*its_signature).still_holds(name) for name, its_signature in inputs.items()):
                return None
            return FileResult.from_data(data)
        except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError):
            return None

    def put(self, path: str, signature: Signature, result: FileResult) -> None:
        """Keep the result for the file at the absolute `path`, whose content is known by `signature`."""
        self._is_changed = True
        try:
            inputs = {name: Signature.of_file(name) for name in result.inputs}
        except OSError:
            self._files.pop(path, None)
        else:
            self._files[path] = [signature, inputs, result.as_data()]

    def save(self, listings: Mapping[str, Iterable[str]]) -> None:
        """Write the cache, if there is something new, as one file that is replaced as a whole.

        A cache that cannot be written is no error.

        Arguments:
            listings: the directories whose content the results depend on, each with its names.

        """
        directories = self._directories | {path: _digest_of_names(names) for path, names in listings.items()}
        if not self._is_changed and directories == self._directories:
            return
        content = {"format": _FORMAT, "directories": directories, "files": self._files}
        try:
            prepare_cache_directory(os.path.dirname(self._folder))
            os.makedirs(self._folder, exist_ok=True)
            replace_file(self._path, json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())
            self._remove_old()
        except OSError:
            return

    def _load(self) -> None:
        try:
            with open(self._path, encoding="utf-8") as file:
                content = json.load(file)
            files, directories = content["files"], content["directories"]
            if content["format"] != _FORMAT or not isinstance(files, dict) or not isinstance(directories, dict):
                return
            tree = self._project.source_tree
            if all(digest == _digest_of_names(tree.names_in(path)) for path, digest in directories.items()):
                self._files, self._directories = files, directories
        except (KeyError, OSError, RecursionError, TypeError, ValueError):
            return

    def _remove_old(self) -> None:
        with os.scandir(self._folder) as entries:
            ages = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
        for _, path in ages[:-_KEPT_FILES]:
            os.unlink(path)


def prepare_cache_directory(directory: str) -> None:
    """Make the cache directory, marked so that neither git nor backups take it.

    Raises:
        OSError: it cannot be made.

    """
    os.makedirs(directory, exist_ok=True)
    marks = {".gitignore": "*\n", "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"}
    for name, text in marks.items():
        path = os.path.join(directory, name)
        if not os.path.exists(path):
            replace_file(path, text.encode())


def _key(project: Project) -> str:
    codes = [rule.code for rule in project.rules]
    return _digest(repr((project.root, project.settings, codes, sys.version_info, sys.platform)).encode())[:24]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _digest_of_names(names: Iterable[str]) -> str:
    return _digest("\0".join(sorted(names)).encode(errors="surrogatepass"))[:24]
