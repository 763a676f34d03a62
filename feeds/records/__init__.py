"""Episode records: text to Episode and back."""
