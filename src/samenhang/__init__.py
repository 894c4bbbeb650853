"""Samenhang: measures that show what belongs together in a neighbourhood."""
