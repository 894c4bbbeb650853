"""The doors of the room: for everybody, for makers and receivers, for the team, and of the ledger."""
