"""What is known of a custom rule while files are checked."""

from hashlib import sha256
from typing import TYPE_CHECKING

from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.custom.rule import CustomRule
from flake8_pyarch.globs import path_matcher

if TYPE_CHECKING:
    from flake8_pyarch.source import Module

__all__ = ["CustomRuleEntry"]


class CustomRuleEntry(RuleEntry):
    """The entry of a custom rule: its `files` and `ignores` alone decide where it looks.

    Arguments:
        rule: the rule.

    """

    in_excluded = True
    is_gated_by_path = True

    def __init__(self, rule: CustomRule) -> None:
        super().__init__("", "", rule.code, ("Module",), {"on_by_default": rule.on_by_default})
        self.name = rule.name
        self.digest = sha256(repr(rule.content).encode(errors="surrogatepass")).hexdigest()
        self._rule = rule
        self._covers = path_matcher(rule.content["files"]) if "files" in rule.content else None
        self._leaves_out = path_matcher(rule.content["ignores"]) if "ignores" in rule.content else None

    def applies_to(self, module: "Module") -> bool:
        """Tell whether the rule looks at a module."""
        if self._covers is None and self._leaves_out is None:
            return True
        path = "/".join(module.path_parts)
        if self._leaves_out is not None and self._leaves_out(path):
            return False
        return self._covers is None or self._covers(path)
