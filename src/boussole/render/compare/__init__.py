"""Two results compared, and the impact of a change, said."""
