"""How the columns of a table answer the questions: read, applied, suggested."""
