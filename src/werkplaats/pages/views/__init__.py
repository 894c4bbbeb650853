"""The composed pages: what is open to everybody, what a coordinator works from, and how a workshop begins."""
