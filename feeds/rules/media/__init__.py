"""What holds for the pictures and recordings that a feed links to."""
