"""Files that sound, show or say something: their kinds, facts, tags and words."""
