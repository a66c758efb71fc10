"""PYA7: settings come from the environment, through pydantic, in one place."""
