"""What the findings and the rules look like from outside: one module a format."""
