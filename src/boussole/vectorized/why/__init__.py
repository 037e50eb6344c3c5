"""What would change a result, and how sure it is, over all neighbouring answers."""
