"""PYA2: packages say what is public, and names are written as Python writes them."""
