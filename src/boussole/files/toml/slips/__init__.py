"""What people write where TOML is wanted: each slip recognised, told in their words, and mended to read on."""
