"""Many people's answers ranked at once."""
