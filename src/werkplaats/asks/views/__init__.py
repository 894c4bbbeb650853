"""The doors of the asks: asking, giving, answering, the desk of the team, stacks of cards, and what was asked unseen."""
