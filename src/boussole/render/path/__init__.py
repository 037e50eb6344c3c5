"""The personal path for people: one content, which each form lays out."""
