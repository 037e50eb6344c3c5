"""The personal path as a Word document."""
