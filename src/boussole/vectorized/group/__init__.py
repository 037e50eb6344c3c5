"""The people of a group ranked for, all at once."""
