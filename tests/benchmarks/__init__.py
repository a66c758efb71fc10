"""Benchmarks: `make bench` prints a table of ratios. Nothing depends on what it prints."""
