"""Articles: files to text with their source and hash."""
