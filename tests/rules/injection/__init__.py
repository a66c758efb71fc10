"""Tests of the rules about dependency injection beyond what the cases say."""
