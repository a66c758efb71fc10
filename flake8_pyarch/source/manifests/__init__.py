"""Manifests: what a project says of what it needs. Heavy to import, so only rules that need them do."""
