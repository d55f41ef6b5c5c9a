"""What several tests share: people, texts, stores, terminals and faults; each module says for what it is."""
