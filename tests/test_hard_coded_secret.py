"""PYA703 names its twins exactly where Ruff reports the same."""

import ast
import json
import subprocess
import sys
from pathlib import Path

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source

SECRETS = """
import os
from pydantic import Field, SecretStr

password = "k-83hdk2"
password: str = "k-83hdk2"
password = b"k-83hdk2"
password = f"k-83hdk2"
password = "k-83" "hdk2"
self.password = settings["db_token"] = "k-83hdk2"
first = password = "k-83hdk2"
first, password = "first", "k-83hdk2"
if (password := "k-83hdk2") == "k-83hdk2": pass
if password == "k-83hdk2": pass
payload = {"password": "k-83hdk2"}
api_key = "k-83hdk2"
accessToken = "k-83hdk2"
access_token = "k-83hdk2"
ACCESS_TOKEN = "k-83hdk2"
passphrase = "k-83hdk2"
passwd = "k-83hdk2"
pwd = "k-83hdk2"
secret_key = "k-83hdk2"
token_url = "k-83hdk2"
jwt = "k-83hdk2"
passwords = "k-83hdk2"
password1 = "k-83hdk2"
password_1 = "k-83hdk2"
_password = "k-83hdk2"
user_Password = "k-83hdk2"
é_password = "k-83hdk2"
password = first or "k-83hdk2"
password = os.getenv("PASSWORD", "k-83hdk2")
password = SecretStr("k-83hdk2")
connect(password="k-83hdk2")
connect(password=b"k-83hdk2")
connect(api_key="k-83hdk2")
connect(db_token=("k-83hdk2"))
connect(**{"password": "k-83hdk2"})
URL = "postgresql://user:k-83hdk2@host/db"
def first(password="k-83hdk2"): pass
def second(*, password: str = "k-83hdk2"): pass
def third(user, token="k-83hdk2", /): pass
async def fourth(api_key="k-83hdk2"): pass
def fifth(password=b"k-83hdk2"): pass
fifth = lambda password="k-83hdk2": password
class Settings:
    password = "k-83hdk2"
    token: str = Field(default="k-83hdk2")
    secret: str = "k-83hdk2"
"""


def test_twins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.pyarch]\n", encoding="utf-8")
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    path = tmp_path / "shop" / "mail.py"
    path.write_text(SECRETS, encoding="utf-8")
    lines = SECRETS.splitlines(keepends=True)
    linter = Linter([Source("the test", {"select": ["PYA703"]})])
    found = linter.check(str(path), ast.parse(SECRETS), lines)
    reported = {finding.line for finding in found}
    ours = {(finding.line, twin) for finding in found for twin in finding.twins}
    theirs = {(line, code) for line, code in ruff(path) if line in reported and " == " not in lines[line - 1]}
    assert ours == theirs
    assert {code for _, code in ours} == {"S105", "S106", "S107"}
    only_ruffs = {lines[line - 1].strip() for line, _ in ruff(path) if line not in reported}
    assert only_ruffs == {'if password == "k-83hdk2": pass', 'token_url = "k-83hdk2"'}


def ruff(path: Path) -> set[tuple[int, str]]:
    arguments = [
        "check",
        "--isolated",
        "--no-cache",
        "--select",
        "S105,S106,S107",
        "--output-format",
        "json",
        str(path),
    ]
    run = subprocess.run([sys.executable, "-m", "ruff", *arguments], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return {(entry["location"]["row"], entry["code"]) for entry in json.loads(run.stdout)}
