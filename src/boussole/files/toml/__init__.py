"""TOML read with places: parsing, shape, and every problem told at once."""
