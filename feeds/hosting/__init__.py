"""What the servers of a site have to know: which address leads where, and how each file is to be sent."""
