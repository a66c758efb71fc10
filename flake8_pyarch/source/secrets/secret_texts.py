"""Secrets in the source code: which texts may be one, and which say only what a secret is called or where it is."""

import re
from enum import Enum, auto
from functools import cache

from flake8_pyarch.lexicon import words
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import Settings
from flake8_pyarch.source.secrets.sensitive import is_sensitive
from flake8_pyarch.source.words import split_words

__all__ = ["Use", "has_credentials", "may_be_secret", "names_secret"]

_STAND_IN = lazy_pattern(r"change.?(?:me|this|it)|replace.?(?:me|this)", re.IGNORECASE)
_MOST_WORDS = 3
_TEMPLATE = lazy_pattern(r"<[^<>]*>|\[[^\[\]]*\]|\{.*\}|.*(?:\$?\{[^{}]*\}|%\(\w+\)s|%s).*|\$\w+|%\w+%", re.DOTALL)
_MASK = lazy_pattern(r"(.)\1*|[*.\-_#x?•…]+|[*•]{2,}.*[*•]{2,}|![a-z]+", re.IGNORECASE)
"""Also `!oauth`, which stands where the hash of a password would be, for an account that has none."""

_VARIABLE = lazy_pattern(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_URL = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*://.*", re.DOTALL)
_PATH = lazy_pattern(
    r"(?:~|\.{0,2})/[\w./-]*|[\w./-]+\.(?:crt|env|html?|ini|json|key|md|pem|pub|py|sql|toml|txt|ya?ml)"
)
_LABEL = lazy_pattern(
    r"[a-z]+(?:[_-][a-z]+)*(?:[.:/][a-z]+(?:[_-][a-z]+)*\d?)+"
    r"|[Xx](?:-[A-Za-z]+)+|(?:[A-Z][A-Za-z]*-)+(?:Authorization|Cookie|Key|Token|authorization|cookie|key|token)"
)
_EXPRESSION = lazy_pattern(r".*(?:\\[wdsWDSb]|\(\?|\[\^).*", re.DOTALL)
_PLAIN_WORDS = lazy_pattern(r"[A-Za-z]+(?:[_-][A-Za-z]+)*")
_BEARING = lazy_pattern(r"(?:Bearer|Basic|Token)\s+(?=\S*\d)\S{8,}")
_KEY_FILE = "-----BEGIN "
_PHRASE = lazy_pattern(r"[^\WA-Z]\S*(?: \S+){1,5}(?<![.:!?…])")
_PHRASES = frozenset({("key",), ("passphrase",), ("passwd",), ("password",), ("pwd",), ("secret",), ("token",)})
_FILLERS = frozenset(
    "a an and are at be by can cannot enter expired failed for from has have in incorrect invalid is it missing must"
    " needed no none not of on or please required set than the this to too was while with you your".split()
)
"""Words of messages and labels, which a pass phrase does not have."""

_NEGATIONS = frozenset("empty invalid missing needed no none not required unknown unused".split())
_INVENTED = frozenset("dev insecure local my secret some super test very your".split())
_WEAK = frozenset({"password", "passwd", "pwd", "pass", "secret"})
"""Words that people take for a password or a secret when they are asked for one."""

_MADE_UP = frozenset({("cookie",), ("session", "id")})
"""Ends of names of what is no secret unless it is random: the name of a cookie, a session made up."""


_SECRET_KEYS = frozenset(
    "access api app auth aws cipher client crypto encryption fernet hmac jwt master private secret session signing"
    " ssh".split()
)
"""What stands before `key` where the key is a secret itself."""


class Use(Enum):
    """How sure it is that a text is used as the value that its name promises."""

    VALUE = auto()
    """It is passed on, or a setting: even `password` is a password then."""

    ASSIGNED = auto()
    """It is a variable's, which may as well be a constant for a name: `PASSWORD = "password"`."""

    ENTRY = auto()
    """It stands in a dictionary, which may map a name to anything: a method, a state, an error."""


_CREDENTIALS = lazy_pattern(
    r"[A-Za-z][A-Za-z0-9+.-]*://(?P<user>[^\s/:@{}<>$%*()\[\]\\|]*):(?P<password>[^\s/:@{}<>$*()\[\]\\|]+)@[^\s]*"
)
_STAND_IN_PASSWORD = lazy_pattern(r"[A-Z_]+|(.)\1*|\.+|%s")


def names_secret(name: str, settings: Settings) -> bool:
    """Tell whether what is bound to a name must be a secret: the name is sensitive and speaks of the secret itself.

    Beyond what is harmless anywhere, `token_header` is the header of a token, `session_cookie_key` the name of a
    cookie, and `invalid_token` an error.
    """
    if not is_sensitive(name, settings):
        return False
    parts = split_words(name)
    if not _listed("secret_states").isdisjoint(parts):
        return False
    entries = _entries(settings.sensitive_names)
    if any(parts[-length:] in entries for length in range(1, len(parts) + 1)):
        return True
    return "cookie" not in parts and parts[-1] not in _listed("secret_properties")


def may_be_secret(text: str, name: str, settings: Settings, use: Use) -> bool:
    """Tell whether a text that is bound to a name which names a secret may be that secret.

    Not so are blanks, prose, placeholders, URLs, paths, names of environment variables, and labels, which say but the
    name of a secret. What is obviously to be changed, `changeme`, is taken for a secret, for it works like one.

    Arguments:
        text: the text.
        name: the name.
        settings: the settings.
        use: what is done with the text.

    """
    text = text.strip()
    if _STAND_IN().search(text) and len(text.split()) <= _MOST_WORDS:
        return True
    if text.startswith(_KEY_FILE) or _BEARING().fullmatch(text):
        return True
    if _is_prose(text, name, use) or not any(map(str.isalnum, text)) or text.lower() in _listed("no_secrets"):
        return False
    patterns = (_TEMPLATE, _MASK, _VARIABLE, _URL, _PATH, _LABEL, _EXPRESSION)
    return not any(pattern().fullmatch(text) for pattern in patterns) and not _is_label(text, name, settings, use)


def _is_prose(text: str, name: str, use: Use) -> bool:
    """Tell whether a text is more than one word, and not of the kind that people make a pass phrase of."""
    if not any(map(str.isspace, text)):
        return False
    is_phrase = split_words(name)[-1:] in _PHRASES and use is not Use.ENTRY and _PHRASE().fullmatch(text)
    return not is_phrase or not _FILLERS.isdisjoint(split_words(text))


def _is_label(text: str, name: str, settings: Settings, use: Use) -> bool:
    """Tell whether a text only says what a secret is called or that there is none: the name again, or part of it."""
    said, named = split_words(text), split_words(name)
    is_plain = _PLAIN_WORDS().fullmatch(text) is not None
    if is_plain and not _NEGATIONS.isdisjoint(said):
        return True
    if is_plain and use is Use.ENTRY and len(said) > 1 and _INVENTED.isdisjoint(said):
        return True
    if any(named[-len(end) :] == end for end in _MADE_UP) and is_plain:
        return True
    if is_plain and use is Use.ASSIGNED and _is_key_of_entry(named) and len(said) > 1 and _INVENTED.isdisjoint(said):
        return True
    if text.lower() in _WEAK:
        return (use is Use.ASSIGNED and said == named) or (use is Use.ENTRY and set(said) <= set(named))
    entries = _entries(settings.sensitive_names)
    speaks_of_secret = not _singular(said).isdisjoint(word for entry in entries for word in entry)
    return (speaks_of_secret and _singular(said) <= _singular(named)) or said in entries


def _is_key_of_entry(named: tuple[str, ...]) -> bool:
    """Tell whether a name is that of a key which something is kept under: `API_TOKEN_STORE_KEY`, not `API_KEY`."""
    return len(named) > 1 and named[-1] == "key" and named[-2] not in _SECRET_KEYS


def _singular(parts: tuple[str, ...]) -> set[str]:
    return {part.removesuffix("s") for part in parts}


def has_credentials(text: str) -> bool:
    """Tell whether a text is, or begins with, a URL that holds a password; `{user}:{password}@` is a template."""
    found = _CREDENTIALS().match(text)
    return found is not None and _STAND_IN_PASSWORD().fullmatch(found["password"]) is None


@cache
def _entries(sensitive: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(split_words, sensitive))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words(name))
