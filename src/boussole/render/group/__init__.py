"""What the answers of a group say, in every form: nothing here counts anything."""
