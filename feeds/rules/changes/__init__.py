"""What holds between a feed and the one that is published: no change may hurt a subscriber."""
