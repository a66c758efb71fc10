"""Manifests: what a project says of what it needs. What reads versions is heavy to import: few rules ask for it."""
