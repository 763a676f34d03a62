"""What holds for items."""
