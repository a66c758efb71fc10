"""What FastAPI injects: what providers hand over, where it is asked for, and whether the two agree."""
