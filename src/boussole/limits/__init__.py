"""How much of a stranger's file is taken in: one table of limits, and the containers opened within them."""
