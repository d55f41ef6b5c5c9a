"""Transcripts played against a pack."""
