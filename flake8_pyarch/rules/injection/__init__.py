"""PYA4: what a route or a class needs is handed to it."""
