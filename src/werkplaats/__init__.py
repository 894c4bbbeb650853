"""Werkplaats: the platform of a neighbourhood workshop, in rooms."""
