"""The interview at the terminal: the only place that knows questionary."""
