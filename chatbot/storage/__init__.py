"""Records that survive: every answer an event, every event chained, in SQLite or PostgreSQL."""
