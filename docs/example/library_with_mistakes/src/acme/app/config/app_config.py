"""The settings."""

from pydantic_settings import BaseSettings


class AppConfig(BaseSettings):
    """Everything that can be set."""

    debug: bool = False
    api_token: str = "letmein-2024"

    model_config = {"env_prefix": "APP_"}


settings = AppConfig()
