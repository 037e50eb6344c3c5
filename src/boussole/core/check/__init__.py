"""What can be said of a definition without asking anybody."""
