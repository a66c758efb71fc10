import pytest
from pydantic import ValidationError

from acme.app.config import AppConfig, DatabaseConfig


def test_each_area_reads_its_own_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB_CATALOGUE", "books.json")
    monkeypatch.setenv("SECURITY_TOKEN", "open-sesame")
    assert DatabaseConfig().catalogue.name == "books.json"
    assert AppConfig().security.token.get_secret_value() == "open-sesame"


def test_there_is_no_default_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECURITY_TOKEN", raising=False)
    with pytest.raises(ValidationError, match="token"):
        AppConfig()


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECURITY_TOKEN", "open-sesame")
    assert "open-sesame" not in repr(AppConfig())
