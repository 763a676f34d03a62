"""What holds for the servers of a feed and of the files that it links to."""
