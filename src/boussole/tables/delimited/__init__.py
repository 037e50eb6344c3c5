"""Delimited text: found out, read fast or carefully, written back alike."""
