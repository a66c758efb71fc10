"""Dependency injection: what FastAPI calls, what it is handed, and what should be handed instead of built."""
