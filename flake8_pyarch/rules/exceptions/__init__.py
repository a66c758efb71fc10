"""PYA5: exceptions name what went wrong and carry its context, and nobody hides them."""
