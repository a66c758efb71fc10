"""Tests of the layer rules together."""
