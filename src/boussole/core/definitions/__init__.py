"""What authors write: the catalogue, the compass, their conditions, and what depends on what."""
