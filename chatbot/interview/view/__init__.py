"""What any shell shows of a conversation, as plain values: a question, its lines, answers to check, what was found."""
