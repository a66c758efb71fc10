"""Serves the library: `python -m acme.app`."""

import uvicorn

from acme.app.application import create_application
from acme.app.config import AppConfig, configure_logging


def main() -> None:
    """Read the environment and answer requests until told to stop."""
    config = AppConfig()
    configure_logging(debug=config.debug)
    # Without a configuration of its own, Uvicorn logs the way the service does.
    uvicorn.run(create_application(config), host=config.api.host, port=config.api.port, log_config=None)


if __name__ == "__main__":
    main()
