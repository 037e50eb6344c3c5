"""A ranked list, or one MEDOC, in text and data."""
