"""A result as a file to keep or hand on."""
