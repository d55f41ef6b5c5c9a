"""The use cases; here the store meets the clock, and chance. Shells call these and nothing below them that keeps."""
