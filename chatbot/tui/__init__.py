"""The terminal app: a face for the conversation, and nothing of its own besides."""
