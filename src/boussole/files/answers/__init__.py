"""Answers in files: saved, opened whatever holds them, kept as drafts, shared as a code."""
