"""Tables in and out, whatever they are written in."""
