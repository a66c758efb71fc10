"""The cache of file results, so that a file that has not changed is not read again."""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from errno import ELOOP
from hashlib import sha256
from typing import Any

from flake8_pyarch import __version__
from flake8_pyarch.checking import FileResult, Project
from flake8_pyarch.cli.own_code import own_files
from flake8_pyarch.cli.replay import CACHE_DIRECTORY
from flake8_pyarch.cli.signatures import Signature
from flake8_pyarch.files import replace_file
from flake8_pyarch.settings.installed_ruff import ruff_executable
from flake8_pyarch.source.inputs import Input

__all__ = ["Cache", "prepare_cache_directory"]

_FORMAT = 2
_KEPT_FILES = 8
_CLOCK_TICK_NANOSECONDS = 20_000_000
"""How much older than its last change a file's time stamp may be."""
_ABSENT = ["absent"]
"""What stands in the place of the signature of a file that is not there."""


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
        self._started = time.time_ns() - _CLOCK_TICK_NANOSECONDS
        self._files: dict[str, list[Any]] = {}
        self._inputs: dict[str, dict[str, list[Any]]] = {}
        self._directories: dict[str, str] = {}
        self._holding: dict[str, bool] = {}
        self._noted: dict[str, bool] = {}
        self._is_changed = False
        self._load()

    def get(self, path: str) -> FileResult | None:
        """Return the result for the file at the absolute `path`, None where there is none or it is out of date."""
        try:
            entry = self._files[path]
            signature = self._renewed(path, entry[0])
            if signature is None:
                return None
            entry[0] = signature
            result = FileResult.from_data(entry[1])
            return result if all(self._still_holds(each) for each in result.inputs) else None
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return None

    def put(self, path: str, signature: Signature, result: FileResult) -> None:
        """Keep the result for the file at the absolute `path`, whose content is known by `signature`.

        One that is not whole is none to rely on.
        """
        self._is_changed = True
        if result.is_whole and all(self._note(each) for each in result.inputs):
            self._files[path] = [signature, result.as_data()]
        else:
            self._files.pop(path, None)

    def _still_holds(self, each: Input) -> bool:
        """Tell whether the files of an input are what they were, looking at each input once."""
        key = _input_key(each)
        if key not in self._holding:
            known = self._inputs.get(key, {})
            renewed = {name: self._renewed(name, known.get(name)) for name in each.files()}
            self._holding[key] = renewed.keys() == known.keys() and None not in renewed.values()
        return self._holding[key]

    def _renewed(self, path: str, known: Sequence[Any] | None) -> Sequence[Any] | None:
        """Return the signature of a file if its content is the known one, None if not."""
        if known == _ABSENT:
            return None if os.path.exists(path) else known
        try:
            renewed = Signature(*known).renewed(path) if known else None
        except OSError:
            return None
        self._is_changed = self._is_changed or (renewed is not None and list(renewed) != list(known or ()))
        return renewed

    def _note(self, each: Input) -> bool:
        """Keep what the files of an input are known by; tell whether they are for sure what the check has read."""
        key = _input_key(each)
        if key not in self._noted:
            signatures = {name: self._signature(name) for name in each.files()}
            self._noted[key] = None not in signatures.values()
            self._inputs[key] = {name: list(found) for name, found in signatures.items() if found is not None}
        return self._noted[key]

    def _signature(self, path: str) -> Sequence[Any] | None:
        try:
            signature = Signature.of_file(path)
            is_old = os.stat(path).st_mtime_ns < self._started
        except FileNotFoundError:
            return _ABSENT
        except OSError:
            return None
        return signature if is_old else None

    def save(self, listings: Mapping[str, Iterable[str]]) -> None:
        """Write the cache, if there is something new, as one file that is replaced as a whole.

        A cache that cannot be written is no error.

        Arguments:
            listings: the directories whose content the results depend on, each with its names.

        """
        directories = self._directories | {path: _digest_of_names(names) for path, names in listings.items()}
        if not self._is_changed and directories == self._directories:
            return
        try:
            used = {_input_key(Input(*each)) for _, data in self._files.values() for each in data[2]}
        except (IndexError, TypeError, ValueError):
            self._throw_away()
            return
        inputs = {key: signatures for key, signatures in self._inputs.items() if key in used}
        content = {"format": _FORMAT, "directories": directories, "inputs": inputs, "files": self._files}
        try:
            prepare_cache_directory(os.path.dirname(self._folder))
            os.makedirs(self._folder, exist_ok=True)
            replace_file(self._path, json.dumps(content, separators=(",", ":")).encode())
            self._remove_old()
        except OSError:
            return

    def _load(self) -> None:
        if not os.path.isfile(self._path):  # a pipe would be waited for
            return
        try:
            with open(self._path, encoding="utf-8") as file:
                content = json.load(file)
            files, inputs, directories = content["files"], content["inputs"], content["directories"]
            if content["format"] != _FORMAT or not all(isinstance(each, dict) for each in (files, inputs, directories)):
                return
            tree = self._project.source_tree
            if all(digest == _digest_of_names(tree.names_in(path)) for path, digest in directories.items()):
                self._files, self._inputs, self._directories = files, inputs, directories
        except (KeyError, OSError, RecursionError, TypeError, ValueError):
            return

    def _throw_away(self) -> None:
        """Delete the cache, in which something is damaged that this run had no use for."""
        with suppress(OSError):
            os.unlink(self._path)

    def _remove_old(self) -> None:
        with os.scandir(self._folder) as entries:
            ages = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
        for _, path in ages[:-_KEPT_FILES]:
            os.unlink(path)


def prepare_cache_directory(directory: str) -> None:
    """Make the cache directory, marked so that neither git nor backups take it.

    Raises:
        OSError: it cannot be made, or is a link in the project, which may lead anywhere.

    """
    if os.path.basename(directory) == CACHE_DIRECTORY and os.path.islink(directory):
        raise OSError(ELOOP, os.strerror(ELOOP), directory)
    os.makedirs(directory, exist_ok=True)
    marks = {".gitignore": "*\n", "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n"}
    for name, text in marks.items():
        path = os.path.join(directory, name)
        if not os.path.exists(path):
            replace_file(path, text.encode())


def _key(project: Project) -> str:
    codes = [rule.code + rule.digest for rule in project.rules]
    code = [(path, os.stat(path).st_mtime_ns) for path in own_files()]
    places = (project.source_tree.roots, project.source_tree.surroundings)
    known_by = (project.root, project.settings, places, codes, sys.version_info, sys.platform, code, _ruff(project))
    return _digest(repr(known_by).encode(errors="surrogatepass"))[:24]


def _ruff(project: Project) -> tuple[str, int] | None:
    """Return what the installed Ruff is known by, which is asked what it reports by default."""
    executable = ruff_executable() if project.settings.ruff_aware else None
    return None if executable is None else (executable, os.stat(executable).st_mtime_ns)


def _input_key(each: Input) -> str:
    return f"{each.kind} {each.path}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _digest_of_names(names: Iterable[str]) -> str:
    return _digest("\0".join(sorted(names)).encode(errors="surrogatepass"))[:24]
