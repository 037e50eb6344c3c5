"""What people answer, what a question accepts, and how the columns of a table answer."""
