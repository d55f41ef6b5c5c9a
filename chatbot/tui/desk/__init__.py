"""The nurse's app: the list that a team shares, a call, and what is done at its end."""
