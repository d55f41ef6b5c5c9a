"""Records that survive: every answer an event, every event chained, in memory, SQLite or PostgreSQL."""
