"""Excel workbooks: one sheet read, one sheet written."""
