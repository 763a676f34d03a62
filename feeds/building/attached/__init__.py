"""Files beside a recording: other versions of it, and pictures for a purpose."""
