"""Scores in arrays: fits, rules, and keys that sort as the ranking does."""
