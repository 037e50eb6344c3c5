"""What helps authors: check, JSON Schema, starting files, pages of problems."""
