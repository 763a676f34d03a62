"""What `feeds chapters` does as a whole: chapters from any carrier into any other, and what is to be said of them."""
