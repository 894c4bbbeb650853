"""What the composed pages show, read from the rooms below: one file per page."""
