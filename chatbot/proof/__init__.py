"""What must hold for every case: the condition tree as solver terms, and the properties proved of it."""
