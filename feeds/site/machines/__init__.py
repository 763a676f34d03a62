"""What machines read of a site."""
