"""What is known across the episodes of a site: people, ideas and quotes, and where each of them occurs."""
