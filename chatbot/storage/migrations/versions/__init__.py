"""One revision of the schema each, in the order of their numbers."""
