"""A recommendation for each row of a table: tables in and out, and what is asked of their columns."""
