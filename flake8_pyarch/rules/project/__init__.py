"""PYA8: the project, its structure and its stack."""
