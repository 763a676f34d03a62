"""What holds for chapters, whatever carries them."""
