"""PYA9: plugins and applications of fastapi_factory_utilities keep to their lifecycle."""
