"""The source model, each clause by itself."""
