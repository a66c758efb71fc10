"""What people do in the library, by who they are."""
