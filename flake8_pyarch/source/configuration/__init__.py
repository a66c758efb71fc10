"""Configuration: settings classes, the environment and files of settings."""
