"""Which names promise a secret, and what does not show it."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.settings import Settings
from flake8_pyarch.source.secrets.sensitive import is_about, is_harmless, is_masked, is_sensitive, leaks
from flake8_pyarch.source.words import split_words
from tests.source.projects import Project

SETTINGS = Settings()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "shop/__init__.py")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("access_token", "access token"),
        ("accessToken", "access token"),
        ("AccessToken", "access token"),
        ("ACCESS_TOKEN", "access token"),
        ("__access__token__", "access token"),
        ("X-Api-Key", "x api key"),
        ("APIKey", "api key"),
        ("apiKEY", "api key"),
        ("JWT", "jwt"),
        ("decodeJWTBody", "decode jwt body"),
        ("password2", "password 2"),
        ("oauth2_token", "oauth 2 token"),
        ("a.b.contextvars", "a b contextvars"),
        ("dict_tracebacks", "dict tracebacks"),
        ("größe", "größe"),
        ("", ""),
        ("_", ""),
    ],
)
def test_words(name: str, words: str) -> None:
    assert split_words(name) == tuple(words.split())


SENSITIVE = (
    "password passwords passwd pwd passphrase secret secrets token api_key apikey access_key private_key credential "
    "credentials authorization auth_header cookie session_id ssn credit_card card_number cvv iban otp pin_code jwt "
    "bearer user_password _password PASSWORD userPassword access_token accessToken refresh_token API_KEY apiKey "
    "X-API-Key Authorization client_secret secret_key aws_secret_access_key user_session_id sessionId password_hash "
    "hashed_password password1 ssh_private_key jwt_payload"
).split()
HARMLESS = (
    "tokens tokenizer max_tokens token_count tokenCount password_policy has_password password_length token_type "
    "secret_name token_id tokenId jwt_id credential_id token_url token_uri cookie_path token_expires token_expiry "
    "token_expiration token_ttl password_enabled password_field auth_header_name cookie_prefix bearer_scheme "
    "jwt_algorithm token_limit min_password token_usage token_valid is_secret password_regex password_pattern "
    "token_issuer jwt_audience password_template password_message password_msg token_error secret_description "
    "cookie_title password_label password_placeholder password_env secret_var len_password session_id_count"
).split()
UNRELATED = "session key user secretary passworded compass pinned code card number cookies keypad api access id".split()


@pytest.mark.parametrize("name", SENSITIVE)
def test_sensitive(name: str) -> None:
    assert is_sensitive(name, SETTINGS)
    assert not is_harmless(name, SETTINGS)


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name: str) -> None:
    assert not is_sensitive(name, SETTINGS)


@pytest.mark.parametrize("name", UNRELATED)
def test_unrelated(name: str) -> None:
    assert not is_sensitive(name, SETTINGS)


def test_settings_replace_and_extend_the_words(tmp_path: Path) -> None:
    replaced = Project(tmp_path, sensitive_names=["pin", "launchCode"], harmless_words=["draft"]).tree.settings
    assert is_sensitive("user_pin", replaced)
    assert is_sensitive("LAUNCH_CODE", replaced)
    assert is_sensitive("pin_count", replaced)
    assert not is_sensitive("pin_draft", replaced)
    assert not is_sensitive("password", replaced)
    extended = Project(tmp_path, extend_sensitive_names=["pin"], extend_harmless_words=["draft"]).tree.settings
    assert is_sensitive("user_pin", extended)
    assert is_sensitive("password", extended)
    assert not is_sensitive("pin_count", extended)
    assert not is_sensitive("password_draft", extended)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("token_user", "token.user", True),
        ("token_user", "user", True),
        ("token_scopes", "sorted(data.scopes)", True),
        ("token_user", "find(token)", False),
        ("token_user", "token_user", False),
        ("token_user", "other", False),
        ("token", "key", False),
        ("token_value", "token.value", False),
        ("secret_key", "key", False),
        ("password_2", "x2", False),
    ],
)
def test_about(name: str, value: str, *, expected: bool) -> None:
    assert is_about(name, ast.parse(value, mode="eval").body, SETTINGS) == expected


PREAMBLE = """
import os
import hashlib
from typing import Annotated
from pydantic import SecretStr
from pydantic_settings import BaseSettings

class Config(BaseSettings):
    api_key: str
    password: SecretStr

class SafeConfig(BaseSettings):
    password: SecretStr

class Account:
    token: "SecretStr | None" = None

    def __init__(self, secret: Annotated[SecretStr, 1], plain: str) -> None:
        self._secret = secret
        self.cookie = SecretStr("x")
        self.password = plain

    def run(self):
        (
"""


def checked(project: Project, expression: str, parameters: str = "") -> tuple[list[str], bool]:
    """Return what leaks of an expression, and whether it is masked, in a method of `Account` and in a function."""
    method = PREAMBLE + f"            {expression}\n        )\n"
    function = PREAMBLE + f"            0\n        )\ndef run({parameters}):\n    ({expression})\n"
    module = project.module("shop/orders.py", function if parameters else method)
    node = module.syntax.of(ast.Expr)[-1].value
    return [leak.name for leak in leaks(node, module)], is_masked(node, module)


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("password", ["password"]),
        ("user.password", ["user.password"]),
        ("find().password", ["password"]),
        ("data['password']", ["data[…]"]),
        ("data['a']['x-api-key']", ["data[…][…]"]),
        ("request.headers['Authorization']", ["request.headers[…]"]),
        ("request.headers.get('Authorization')", ["request.headers.get(…)"]),
        ("data[password]", []),
        ("data[0]", []),
        ("f'a {user} {password!r:>{token}}'", ["password", "token"]),
        ("'a' + token + 'b'", ["token"]),
        ("'%s %s' % (user, token)", ["token"]),
        ("'%s' % token", ["token"]),
        ("'%(a)s' % {'a': token}", ["token"]),
        ("'{} {b}'.format(token, b=password)", ["token", "password"]),
        ("', '.join([user, token])", ["token"]),
        ("str(token)", ["token"]),
        ("token or password", ["token", "password"]),
        ("token and user", []),
        ("token if password else user", ["token"]),
        ("(x := token)", ["token"]),
        ("settings.password.get_secret_value()", ["settings.password.get_secret_value()"]),
        ("find().get_secret_value()", ["….get_secret_value()"]),
        ("request.headers", ["request.headers"]),
        ("dict(request.headers)", ["request.headers"]),
        ("self.request.cookies", ["self.request.cookies"]),
        ("request.headers.items()", ["request.headers"]),
        ("response.headers", []),
        ("request.headers['accept']", []),
        ("os.environ", ["os.environ"]),
        ("dict(os.environ)", ["os.environ"]),
        ("os.environ['HOME']", []),
        ("os.environ['API_KEY']", ["os.environ[…]"]),
        ("settings.model_dump()", ["settings.model_dump()"]),
        ("get_settings().model_dump_json()", ["….model_dump_json()"]),
        ("Config().model_dump()", ["….model_dump()"]),
        ("SafeConfig().model_dump()", []),
        ("book.model_dump()", []),
        ("self.model_dump()", []),
        ("token.id", []),
        ("token_count", []),
        ("len(token)", []),
        ("mask(token)", []),
        ("token is None", []),
        ("not token", []),
        ("token[:4]", []),
        ("'password'", []),
        ("'token %s'", []),
        ("lambda: token", []),
        ("[token]", []),
    ],
)
def test_leaks(project: Project, expression: str, names: list[str]) -> None:
    assert checked(project, expression)[0] == names


@pytest.mark.parametrize(
    "expression",
    [
        "'***'",
        "None",
        "True",
        "-1",
        "('a', 'b')",
        "f'static'",
        "token is not None",
        "not token",
        "token == other",
        "token[:4]",
        "f'{token[:4]}…'",
        "mask(x)",
        "x.masked()",
        "redact_all(x)",
        "maskToken(x)",
        "sha256_hash(x)",
        "hashlib.sha256(x).hexdigest()",
        "obfuscate(x)",
        "fingerprint(x)",
        "len(x)",
        "bool(x)",
        "type(x)",
        "get_token_type(x)",
        "'a' if x else None",
        "mask(x) if x else None",
        "x.token_id",
        "masked_token",
        "self._secret",
        "self.cookie",
        "self.token",
    ],
)
def test_masked(project: Project, expression: str) -> None:
    assert checked(project, expression) == ([], True)


@pytest.mark.parametrize(
    "expression",
    ["x", "self.password", "unmask(x)", "str(x)", "x.get_secret_value()", "hash_", "find(x)", "x if y else 'z'", "{x}"],
)
def test_not_masked(project: Project, expression: str) -> None:
    assert not checked(project, expression)[1]


@pytest.mark.parametrize(
    ("parameters", "expression", "names"),
    [
        ("token: SecretStr", "token", []),
        ("token: 'SecretStr'", "token", []),
        ("token: SecretStr | None", "token", []),
        ("token: str", "token", ["token"]),
        ("account: Account", "account.token", []),
        ("account: Account", "account.password", ["account.password"]),
        ("config: Config", "config.password", []),
        ("config: Config", "config.api_key", ["config.api_key"]),
        ("config: Config", "config.model_dump()", ["config.model_dump()"]),
        ("config: SafeConfig", "config.model_dump()", []),
        ("config: Account", "config.model_dump()", []),
        ("config: shop.AppSettings", "config.model_dump()", ["config.model_dump()"]),
        ("config: shop.AppConfig", "config.model_dump()", []),
    ],
)
def test_types_that_the_file_shows(project: Project, parameters: str, expression: str, names: list[str]) -> None:
    assert checked(project, expression, parameters)[0] == names


@pytest.mark.parametrize(
    ("assignments", "names"),
    [
        ("token = mask(given)", []),
        ("token = None\n    token = mask(given) if given else None", []),
        ("token: SecretStr = make()", []),
        ("token = SecretStr(given)", []),
        ("token = given", ["token"]),
        ("token = mask(given)\n    token = given", ["token"]),
        ("token = 'abc'", ["token"]),
        ("token = None", ["token"]),
        ("token = make()", ["token"]),
    ],
)
def test_assigned_values(project: Project, assignments: str, names: list[str]) -> None:
    module = project.module("shop/orders.py", f"{PREAMBLE}0)\ndef run(given):\n    {assignments}\n    token\n")
    node = module.syntax.of(ast.Expr)[-1].value
    assert [leak.name for leak in leaks(node, module)] == names
