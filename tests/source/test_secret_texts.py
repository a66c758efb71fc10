"""Which names promise a secret that a text may be, and which texts are one."""

import pytest

from flake8_pyarch.lexicon import words
from flake8_pyarch.settings import Settings
from flake8_pyarch.source.secrets.secret_texts import Use, has_credentials, may_be_secret, names_secret

SETTINGS = Settings()

SECRETS = "password db_password PASSWORD api_key apiKey auth_header session_id session_cookie cookie_secret jwt".split()
PROPERTIES = (
    "token_header secret_file invalid_token session_cookie_key cookie_domain dummy_password password_reset".split()
)


@pytest.mark.parametrize("name", SECRETS)
def test_names_secret(name: str) -> None:
    assert names_secret(name, SETTINGS)


@pytest.mark.parametrize("name", [*PROPERTIES, "token_url", "tokenizer", "host", "", "_"])
def test_names_no_secret(name: str) -> None:
    assert not names_secret(name, SETTINGS)


@pytest.mark.parametrize(
    "text", ["hunter2", "letmein", "changeme", "CHANGE_ME", "change this", "4711", "k+/83=", "Str0ng!"]
)
@pytest.mark.parametrize("use", Use)
def test_secret(text: str, use: Use) -> None:
    assert may_be_secret(text, "password", SETTINGS, use)


@pytest.mark.parametrize(
    "text",
    "<token> *** xxxx … ${TOKEN} $TOKEN {token} a{token}b %(token)s %s [TOKEN] %TOKEN% SHOP_TOKEN https://host/x "
    "/run/x ../x key.pem X-Token Proxy-Authorization token tokens TOKEN auth.token auth:token string none NULL no-key "
    "missing not_set !locked (?P<x>y) \\w+ jwt api_key".split(),
)
@pytest.mark.parametrize("use", Use)
def test_no_secret(text: str, use: Use) -> None:
    assert not may_be_secret(text, "access_token", SETTINGS, use)


@pytest.mark.parametrize(
    ("text", "name", "uses"),
    [
        ("password", "password", {Use.VALUE}),
        ("password", "db_password", {Use.VALUE, Use.ASSIGNED}),
        ("secret", "password", {Use.VALUE, Use.ASSIGNED, Use.ENTRY}),
        ("postgres", "postgres_password", set(Use)),
        ("jwt_configs", "JWT_CONFIG_KEY", set()),
        ("contact-staff", "token", {Use.VALUE, Use.ASSIGNED}),
        ("your-secret-key", "secret_key", {Use.VALUE, Use.ASSIGNED, Use.ENTRY}),
        ("default", "session_id", set()),
        ("default_session", "session_id", set()),
        ("9f3b18d7", "session_id", set(Use)),
        ("shop", "session_cookie", set()),
        ("correct horse battery", "password", {Use.VALUE, Use.ASSIGNED}),
        ("correct horse battery", "jwt", set()),
        ("Enter it", "password", set()),
        ("enter the password", "password", set()),
        ("two words.", "password", set()),
        ("Bearer k83hdk2-9f3b1", "authorization", set(Use)),
        ("Bearer <token>", "authorization", set()),
        ("-----BEGIN PRIVATE KEY-----\nabc", "private_key", set(Use)),
    ],
)
def test_use_decides(text: str, name: str, uses: set[Use]) -> None:
    assert {use for use in Use if may_be_secret(text, name, SETTINGS, use)} == uses


@pytest.mark.parametrize("text", ["db://u:p4ss@h", "postgresql+asyncpg://u:pass@h:5432/d?x=y", "redis://:pass@h/0"])
def test_credentials(text: str) -> None:
    assert has_credentials(text)


@pytest.mark.parametrize(
    "text",
    [
        *("db://h", "db://u@h", "db://u:@h", "db://{u}:{p}@h", "db://<u>:<p>@h", "db://u:PASS@h", "db://u:***@h"),
        *("db://u:$P@h", "u:p4ss@h", "see db://u:p4ss@h", "db://u:%s@h", "db://h:80/@u", "db://u:xxx@h"),
    ],
)
def test_no_credentials(text: str) -> None:
    assert not has_credentials(text)


@pytest.mark.parametrize("name", ["no_secrets", "secret_properties", "secret_states"])
def test_words_are_there_once(name: str) -> None:
    assert len(set(words(name))) == len(words(name))


@pytest.mark.parametrize("name", ["secret_properties", "secret_states"])
def test_words_are_not_harmless_anyway(name: str) -> None:
    assert set(words(name)).isdisjoint(SETTINGS.harmless_words)
