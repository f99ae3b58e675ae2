"""The language; knows no politics."""
