"""What the phones, the projector and the tables of a workshop see: nothing here asks, keeps or counts anything."""
