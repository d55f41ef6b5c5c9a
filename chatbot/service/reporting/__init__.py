"""What a team learns from its records: figures over all cases, and nothing of whom they are about."""
