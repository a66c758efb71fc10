"""PYA302."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.lexicon import words
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import UseCaseModel
from flake8_pyarch.source.words import split_words

__all__ = ["UseCaseVerb"]

_LEAST_WORDS = 2
_PREFIXES = ("auto", "de", "dis", "mis", "over", "pre", "re", "un")
_SHORTEST_STEM = 3
_VERB_ENDINGS = lazy_pattern(r"\w{3,}(?:ize|ify)")
_NOUN_ENDINGS = ("ing", "er", "tion", "ment")
_ACTIONS = (
    "activat approv archiv assign borrow cancel complet confirm creat deactivat delet download edit export fetch find "
    "generat get import lend manag process publish receiv regist reject remov restor retriev send submit updat upload "
    "validat"
)
_ACTION_ON_IT = lazy_pattern(
    rf"(?:{'|'.join(_ACTIONS.split())})(?:e|y|er)?(?:ing|ion|ation|lation|ration|ment|al|er|or)?"
)


class UseCaseVerb(Rule):
    """The name of a use case does not say what it does to what: a verb, then a thing.

    ## Why is this bad?
    A use case is one thing that somebody does with the system. Its name should say that thing, so that the list of use
    cases reads as the list of what the system can do: *borrow book*, *return book*, *renew loan*. `LoanUseCase` could
    do anything about loans, and soon will. `LoanManagerUseCase` and `BorrowingUseCase` name a topic, not an action.

    The name without its suffix needs two words or more, and the first has to be a verb. A first word that can be a
    verb and a thing counts as a thing where an action follows it: `BookRoom` is fine, `BookCreation` is not.

    ## Example
    ```python path=shop/usecases/loan.py
    class LoanUseCase:
        def execute(self) -> None:
            print("lent")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("lent")
    ```

    ## Options
    - `extend-verbs`: verbs that the bundled list of common English verbs lacks
    - `use-case-suffixes`, `extend-use-case-suffixes`: the endings that are left out

    ## Known problems
    The bundled list is English and finite. Words built from it (`reassign`, `unlend`) and new words in `-ize` and
    `-ify` are taken for verbs as well; a verb of your trade belongs into `extend-verbs`.
    """

    code = "PYA302"
    message = "use case '{name}' {problem}: name it after what it does, a verb and then a thing"

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        parts = [word for word in split_words(use_case.bare_name) if not word.isdigit()]
        if len(parts) < _LEAST_WORDS:
            problem = "has no more than one word before its suffix"
        elif not _is_verb(parts[0], module) or _is_thing(parts[0], parts[1], module):
            problem = "does not begin with a verb"
        else:
            return
        if not use_case.is_base_or_helper:
            yield self.finding(module.name_span(use_case.node), name=use_case.name, problem=problem)


def _is_verb(word: str, module: Module) -> bool:
    verbs = words("verbs")
    if word in verbs or word in map(str.lower, module.settings.extend_verbs):
        return True
    if word.endswith(_NOUN_ENDINGS):
        return False
    stems = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    return bool(_VERB_ENDINGS().fullmatch(word)) or any(len(stem) >= _SHORTEST_STEM and stem in verbs for stem in stems)


def _is_thing(word: str, following: str, module: Module) -> bool:
    """Tell whether a word that can be a verb is a thing here, for what follows is what is done with it."""
    return (
        word in words("entity_nouns")
        and word not in module.settings.extend_verbs
        and _ACTION_ON_IT().fullmatch(following) is not None
    )
