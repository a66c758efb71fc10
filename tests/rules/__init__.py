"""The rules, each with its cases."""
