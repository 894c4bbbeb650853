"""Reads of matches and of who depends on whom."""
