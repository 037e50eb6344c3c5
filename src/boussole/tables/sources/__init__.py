"""Where a table comes from: a file, a packed one, a pipe, a folder of several."""
