"""Starting files for authors."""
