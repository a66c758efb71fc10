"""Programs nobody would write, and whether we survive them, for as long as one likes.

python -m tests.robustness.fuzz SECONDS
"""

import sys
import tempfile
import time
import warnings
from itertools import chain
from pathlib import Path

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source
from tests.robustness import grammar, splicing
from tests.robustness.projects import SHOP, write
from tests.robustness.survival import problems_with

_SLOW_SECONDS = 10


def _main(seconds: float) -> None:
    seed = int(time.time())
    sys.stdout.write(f"seed {seed}\n")
    end = time.monotonic() + seconds
    checked = 0
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        write(root, SHOP)
        linter = Linter([Source("the fuzzer", {"preset": "strict"})])
        for text in chain.from_iterable(zip(splicing.programs(seed), grammar.programs(seed), strict=False)):
            if time.monotonic() > end:
                break
            checked += 1
            started = time.monotonic()
            problems = problems_with(text, root, linter)
            took = time.monotonic() - started
            if problems or took > _SLOW_SECONDS:
                sys.stdout.write("\n".join([f"--- {took:.1f} s", *problems, "---", text, ""]))
    sys.stdout.write(f"{checked} programs\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    _main(float(sys.argv[1]))
