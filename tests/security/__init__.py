"""A repository that means harm can at worst make a run fail with a message."""
