"""What people do in the library."""
