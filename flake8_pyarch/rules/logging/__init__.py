"""PYA6: logs are static, structured and free of secrets."""
