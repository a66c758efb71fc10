"""Use cases: whether the classes keep to the protocol, and whether those who use them do."""
