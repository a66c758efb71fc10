"""A finding names exactly the rules of Ruff that report the same."""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter, all_rules
from flake8_pyarch.settings import Source

HEAD = """\
import builtins
import contextlib
from builtins import Exception as Root

Problem = Exception
KINDS = (OSError, Exception)
TEMPLATE = "no {}"


class Gone(Exception):
    pass


"""

SNIPPETS = {
    "PYA501": [
        "raise Exception",
        "raise Exception('x')",
        "raise BaseException from None",
        "raise builtins.Exception('x')",
        "raise Root('x')",
        "raise Problem('x')",
    ],
    "PYA502": [
        "raise Gone(f'no {x}')",
        "raise Gone(f'no{x}')",
        "raise Gone(f'{x}')",
        "raise Gone('no ' f'{x}', code=1)",
        "raise Gone('no %s' % x)",
        "raise Gone('no ' + x)",
        "raise Gone('no {}'.format(x))",
        "raise Gone(TEMPLATE.format(x))",
        "raise Gone(x, f'no {x}')",
        "raise Gone(text=f'no {x}')",
    ],
    "PYA507": [
        "except Exception: pass",
        "except Exception: continue",
        "except Exception: ...",
        "except Exception: return None",
        "except BaseException as e: return",
        "except builtins.Exception: pass",
        "except Root: pass",
        "except (OSError, Exception): pass",
        "except (OSError, Exception): return",
        "except Problem: pass",
        "except KINDS: pass",
        "except: pass",
        "except: continue",
        "except: return",
        "except:\n            pass\n            pass",
        "except Exception:\n            'x'\n            continue",
        "except OSError: pass\n    with contextlib.suppress(Exception): f()",
    ],
    "PYA508": [
        "raise Gone(1)",
        "raise Gone",
        "raise Gone(1).with_traceback(None)",
        "raise self.Gone(1)",
    ],
}


def source(code: str, number: int, snippet: str) -> str:
    """Return a function of its own for a snippet."""
    match code:
        case "PYA507":
            body = f"for y in x:\n        try: f()\n        {snippet}"
        case "PYA508":
            body = f"try: f()\n    except OSError as e:\n        {snippet}"
        case _:
            body = snippet
    return f"def f{number}(x):\n    {body}\n\n\n"


@pytest.mark.parametrize("code", SNIPPETS)
def test_twins_are_those_of_ruff(code: str, tmp_path: Path) -> None:
    path = tmp_path / "books.py"
    text = HEAD + "".join(source(code, number, snippet) for number, snippet in enumerate(SNIPPETS[code]))
    path.write_text(text, encoding="utf-8")
    (twins,) = (rule.twins for rule in all_rules() if rule.code == code)
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", ",".join(twins)]
    run = subprocess.run([*command, "--output-format", "json", path], capture_output=True, text=True, check=False)
    by_ruff = defaultdict(set)
    for entry in json.loads(run.stdout):
        by_ruff[function_at(entry["location"]["row"], text)].add(entry["code"])
    findings = Linter([Source("the case", {"select": [code]})]).check(
        str(path), ast.parse(text), text.splitlines(keepends=True)
    )
    assert len(findings) == len(SNIPPETS[code])
    for finding in findings:
        name = function_at(finding.line, text)
        assert (name, set(finding.twins)) == (name, by_ruff[name])


def function_at(line: int, text: str) -> str:
    nodes = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return next((node.name for node in nodes if node.lineno <= line <= (node.end_lineno or 0)), "")
