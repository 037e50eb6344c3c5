"""What an author should look at again in a file that is read, or in what is sound of one that is not."""
