"""The ranking for many situations at once, in arrays, to the same digits."""
