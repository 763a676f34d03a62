"""What holds for the document as a whole, and for values wherever they stand."""
