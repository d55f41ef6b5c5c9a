"""The schema, step by step; what was released once is never changed, only added to."""
