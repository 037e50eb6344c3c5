"""Core objects to text, one module per output format; nothing here prints or opens a file."""
