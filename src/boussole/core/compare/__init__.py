"""Two results or two versions of a definition: what moved, and which difference did it."""
