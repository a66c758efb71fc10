"""The check of many files: what the cache knows, and the rest by one process or several."""

import gc
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.checking import FileResult, Linter, Project
from flake8_pyarch.files import read_file
from flake8_pyarch.settings import ConfigurationError, Source, reason_of
from flake8_pyarch.source.text import SourceText

if TYPE_CHECKING:
    from flake8_pyarch.cli.cache import Cache
    from flake8_pyarch.cli.signatures import Signature

__all__ = ["LinterArguments", "available_processors", "check_file", "check_files"]

_BYTES_WORTH_A_PROCESS = 400_000
"""Below this, starting processes takes longer than checking."""

_CHUNK_BYTES = 100_000
_SECONDS_BETWEEN_LOOKS = 1.0
_KILLED = "a process was killed from outside, for want of memory perhaps; fewer processes need less"

Listings = dict[str, list[str]]


class LinterArguments(NamedTuple):
    """What a linter is made from, for other processes to make their own.

    Arguments:
        overrides: settings that win over those of every project.
        config: the absolute path of a settings file to read instead of any project's own.

    """

    overrides: tuple[Source, ...]
    config: str | None

    def make(self) -> Linter:
        """Return a linter."""
        return Linter(self.overrides, config=self.config)


class Checked(NamedTuple):
    """The check of one file.

    Arguments:
        path: its absolute path.
        signature: what its content was known by when it was read, None where it could not be read or nobody asked.
        result: what the check came to.

    """

    path: str
    signature: "Signature | None"
    result: FileResult


def available_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_files(
    files: Mapping[str, Project],
    linter: Linter,
    arguments: LinterArguments,
    caches: Mapping[str, "Cache"],
    *,
    jobs: int,
    advance: Callable[[int], None],
) -> dict[str, FileResult]:
    """Check files, as far as the cache does not know their results, and keep the results there.

    Arguments:
        files: the absolute path of each file → its project.
        linter: the linter the projects are from.
        arguments: what it was made from.
        caches: the root of each project → its cache; empty to do without.
        jobs: how many processes may work.
        advance: is told how many more files are done.

    Returns:
        The absolute path of each file → its result, in order of path.

    """
    results: dict[str, FileResult | None] = {
        path: caches[project.root].get(path) if caches else None for path, project in files.items()
    }
    missing = [path for path, result in results.items() if result is None]
    advance(len(results) - len(missing))
    listings: dict[str, Listings] = {}
    for checked in _check(missing, linter, arguments, listings, jobs, signs=bool(caches)):
        advance(1)
        results[checked.path] = checked.result
        if caches and checked.signature is not None:
            caches[files[checked.path].root].put(checked.path, checked.signature, checked.result)
    for root, cache in caches.items():
        cache.save(listings.get(root, {}))
    return {path: result for path, result in results.items() if result is not None}


def check_file(path: str, linter: Linter, *, signs: bool) -> Checked:
    """Check one file, from reading it on.

    Arguments:
        path: its absolute path.
        linter: checks it.
        signs: whether to say what its content is known by.

    """
    try:
        status = os.stat(path)
        data = read_file(path)
    except OSError as error:
        return Checked(path, None, FileResult(problem=reason_of(error)))
    result = linter.project_of(path).check_text(path, SourceText(data))
    if not signs:
        return Checked(path, None, result)
    from flake8_pyarch.cli.signatures import Signature  # noqa: PLC0415 - only for the cache

    return Checked(path, Signature.of(status, data), result)


def _check(
    paths: list[str],
    linter: Linter,
    arguments: LinterArguments,
    listings: dict[str, Listings],
    jobs: int,
    *,
    signs: bool,
) -> Iterator[Checked]:
    """Yield the checks of files, in any order, and note the directories they depend on by project root."""
    sizes = [_size(path) for path in paths]
    if jobs == 1 or sum(sizes) < _BYTES_WORTH_A_PROCESS:
        with _without_garbage_collection():
            yield from (check_file(path, linter, signs=signs) for path in paths)
        _note_listings(linter, listings)
        return
    import multiprocessing  # noqa: PLC0415 - most runs need no second process

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin" else "spawn"
    with multiprocessing.get_context(method).Pool(jobs, _start_worker, (arguments,)) as pool:
        workers = {process.pid for process in multiprocessing.active_children()}
        checks = pool.imap_unordered(partial(_check_chunk, signs=signs), _chunks(paths, sizes))
        while True:
            try:
                results, listed = checks.next(_SECONDS_BETWEEN_LOOKS)
            except StopIteration:
                return
            except multiprocessing.TimeoutError:
                # A pool waits for ever for what a process had in hand that was killed.
                if not workers <= {process.pid for process in multiprocessing.active_children()}:
                    raise ConfigurationError("command line, --jobs", _KILLED) from None
                continue
            for root, names in listed.items():
                listings.setdefault(root, {}).update(names)
            yield from results


def _note_listings(linter: Linter, listings: dict[str, Listings]) -> None:
    for project in linter.projects:
        listings.setdefault(project.root, {}).update(project.source_tree.listed_names)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _chunks(paths: list[str], sizes: list[int]) -> Iterator[list[str]]:
    """Yield portions of about equal size, the largest files first, so that no worker ends long after another."""
    chunk: list[str] = []
    filled = 0
    for size, path in sorted(zip(sizes, paths, strict=True), reverse=True):
        chunk.append(path)
        filled += size
        if filled >= _CHUNK_BYTES:
            yield chunk
            chunk, filled = [], 0
    if chunk:
        yield chunk


_worker: Linter


def _start_worker(arguments: LinterArguments) -> None:
    global _worker  # noqa: PLW0603 - a worker process is set up once
    import signal  # noqa: PLC0415 - most runs have no workers

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    gc.disable()
    _worker = arguments.make()


def _check_chunk(paths: list[str], *, signs: bool) -> tuple[list[Checked], dict[str, Listings]]:
    results = [check_file(path, _worker, signs=signs) for path in paths]
    listings: dict[str, Listings] = {}
    _note_listings(_worker, listings)
    return results, listings


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch the garbage collector off: a tree holds no cycles, and to search it for some again and again is dear."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
