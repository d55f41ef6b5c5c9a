"""What people mean by the words they say: from a sentence to findings, answers, questions put, and asides."""
