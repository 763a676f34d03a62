"""What speaks for and against a boundary between a title and the text behind it."""
