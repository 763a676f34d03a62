"""What a rule is, what it looks at, and how a feed is held against many of them."""
