"""What the answers of a group have in common, what divides them, and what goes unheard."""
