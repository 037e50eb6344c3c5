"""Many situations ranked at once, in whole numbers (NumPy): the same digits as `core.ranking`."""
