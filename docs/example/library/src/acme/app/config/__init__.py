"""What the environment decides."""

from acme.app.config.app_config import ApiConfig, AppConfig, DatabaseConfig, SecurityConfig
from acme.app.config.logging_config import configure_logging

__all__ = ["ApiConfig", "AppConfig", "DatabaseConfig", "SecurityConfig", "configure_logging"]
