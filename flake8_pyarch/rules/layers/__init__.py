"""PYA1: dependencies between layers point inward."""
