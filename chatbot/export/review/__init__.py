"""The sheet on which a clinician reviews and signs the content of a pack."""
