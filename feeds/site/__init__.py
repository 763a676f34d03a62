"""The pages of a show, and the lists that machines read."""
