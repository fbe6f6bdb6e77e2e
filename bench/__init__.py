"""What the extraction costs and how often it is right, beside programs that an analyst could pick instead. `make bench`."""
