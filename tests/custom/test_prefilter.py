"""A rule is left out only where its patterns cannot match."""

from typing import Any

import pytest
from ast_grep_py import SgRoot

from flake8_pyarch.custom.prefilter import text_filter

TEXT = "async def handle(order):\n    log.info('sent', id=order.id)\n    return await order.send(é=None)\n"

RULES: list[tuple[dict[str, Any], bool]] = [
    ({"pattern": "log.info($$$A)"}, True),
    ({"pattern": "log.warn($$$A)"}, False),
    ({"pattern": "$LOG.info($$$, id=$ID)"}, True),
    ({"pattern": "$LOG.info($$$, user=$ID)"}, False),
    ({"pattern": "'sent'"}, True),
    ({"pattern": "'not sent'"}, False),
    ({"pattern": "await $X"}, True),
    ({"pattern": "yield $X"}, False),
    ({"pattern": "$X.send(é=$Y)"}, True),
    ({"pattern": "$A($$$B)"}, True),
    ({"pattern": "$a(order)"}, True),
    ({"kind": "call"}, True),
    ({"kind": "call", "regex": "nowhere"}, True),
    ({"pattern": {"context": "class Nowhere:\n    log", "selector": "identifier"}}, True),
    ({"pattern": {"context": "log.warn($$$A)", "strictness": "signature"}}, True),
    ({"pattern": {"context": "log.warn($$$A)", "strictness": "cst"}}, False),
    ({"any": [{"pattern": "log.warn($A)"}, {"pattern": "log.info($$$A)"}]}, True),
    ({"any": [{"pattern": "log.warn($A)"}, {"pattern": "log.error($$$A)"}]}, False),
    ({"all": [{"kind": "call"}, {"pattern": "log.error($$$A)"}]}, False),
    ({"kind": "call", "not": {"pattern": "log.error($$$A)"}}, True),
    ({"kind": "call", "inside": {"pattern": "class $C: $$$B"}}, False),
    ({"kind": "call", "has": {"any": [{"pattern": "order"}, {"pattern": "nowhere"}]}}, True),
    ({"kind": "call", "matches": "helper"}, True),
]


@pytest.mark.parametrize(("rule", "may_match"), RULES, ids=[str(rule) for rule, _ in RULES])
def test_rule(rule: dict[str, Any], *, may_match: bool) -> None:
    assert text_filter(rule)(TEXT) is may_match
    if not may_match:
        assert SgRoot(TEXT, "python").root().find({"rule": rule}) is None  # type: ignore[call-overload]
