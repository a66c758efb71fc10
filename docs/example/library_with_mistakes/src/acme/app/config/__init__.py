from acme.app.config.app_config import AppConfig, settings
