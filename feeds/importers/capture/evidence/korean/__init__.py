"""What Korean says of a boundary: forms of words, titles, and the sentence behind one."""
