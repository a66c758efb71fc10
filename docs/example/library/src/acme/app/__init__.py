"""The library: lends books and takes them back."""
