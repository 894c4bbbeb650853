"""The doors of mirrors."""
