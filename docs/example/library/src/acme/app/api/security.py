"""Who may use the service."""

from secrets import compare_digest

from fastapi import Depends, HTTPException, Request, status
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from acme.app.config import AppConfig

bearer = HTTPBearer()


def get_app_config(request: Request) -> AppConfig:
    """Return the settings of the application that answers the request."""
    config: AppConfig = request.app.state.config
    return config


def require_token(
    credentials: HTTPAuthorizationCredentials = Depends(bearer),
    config: AppConfig = Depends(get_app_config),
) -> None:
    """Refuse the request unless it carries the service's token."""
    expected = config.security.token.get_secret_value()
    if not compare_digest(credentials.credentials.encode(), expected.encode()):
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED, detail="Invalid token")
