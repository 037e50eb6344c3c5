"""What every situation gets, for people: on the terminal, as a page, as a picture; and for scripts."""
