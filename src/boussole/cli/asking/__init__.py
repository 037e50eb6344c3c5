"""What `boussole ask` does around an interview: finding where to start, keeping the answers, showing the result."""
