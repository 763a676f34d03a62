"""What holds for transcripts."""
