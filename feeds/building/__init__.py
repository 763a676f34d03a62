"""From a project on the disk to its published site."""
