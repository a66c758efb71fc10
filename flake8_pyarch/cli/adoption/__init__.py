"""What `pyarch init` is made of: looking at a project, proposing settings, and editing the files that hold them."""
