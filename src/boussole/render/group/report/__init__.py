"""What a group's report says, section by section, whatever form it takes."""
