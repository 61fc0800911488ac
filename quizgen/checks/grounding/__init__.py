"""Items held against their documents: how terms are read, where they stand, and what was copied."""
