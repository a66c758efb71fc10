"""What git knows of the files."""

import os
import subprocess

from flake8_pyarch.settings import ConfigurationError

__all__ = ["changed_files"]


def changed_files(revision: str) -> set[str]:
    """Return the absolute paths of the files that differ from `revision`, those git does not track yet included.

    Raises:
        ConfigurationError: git is not there, this is no repository, or it does not know the revision.

    """
    top = _git("rev-parse", "--show-toplevel").rstrip("\n")
    unknown = f"{revision!r} is no revision here"
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", problem=unknown)
    changed = _git("diff", "--name-only", "-z", "--no-renames", "--diff-filter=d", commit.strip(), "--")
    untracked = _git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", top)
    return {os.path.join(top, name) for name in (*changed.split("\0"), *untracked.split("\0")) if name}


def _git(*arguments: str, problem: str = "") -> str:
    origin = "command line, --since"
    try:
        run = subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise ConfigurationError(origin, f"git cannot be run: {error.strerror}") from error
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip()
        raise ConfigurationError(origin, problem or said or "git failed")
    return run.stdout.decode(errors="surrogateescape")
