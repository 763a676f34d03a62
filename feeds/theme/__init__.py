"""How pages look: where templates are found, what they can say, and their colours."""
