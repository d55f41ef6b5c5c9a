"""The line mode: numbered lines in, numbered lines out, for screen readers, pipes and plain terminals."""
