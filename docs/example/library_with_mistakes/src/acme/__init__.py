"""Acme's services."""
