"""The settings, one class for each functional area."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class DatabaseConfig(BaseSettings):
    """What is stored where."""

    catalogue: Path = Path("catalogue.json")

    model_config = {"env_prefix": "DB_"}


class ApiConfig(BaseSettings):
    """Where the service listens."""

    host: str = "127.0.0.1"
    port: int = 8000

    model_config = {"env_prefix": "API_"}


class SecurityConfig(BaseSettings):
    """What a caller must know."""

    token: SecretStr = Field(min_length=8)

    model_config = {"env_prefix": "SECURITY_"}


class AppConfig(BaseSettings):
    """Everything together."""

    debug: bool = False
    api: ApiConfig = ApiConfig()
    database: DatabaseConfig = DatabaseConfig()
    # The token has no default: where it is missing the service must fail to start, but not to be imported.
    security: SecurityConfig = Field(default_factory=SecurityConfig)

    model_config = {"env_prefix": "APP_"}
