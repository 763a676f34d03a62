"""Chapters in an MP4 or M4A file: tracks that another track refers to as its chapters, and the box `chpl`.

The tracks are what QuickTime, iTunes and Apple Podcasts read (QuickTime File Format, "Chapter Lists"). The box came
from Nero, and many programs write both.

What is lost here: silent chapters, ends before the next chapter, locations, links of more than 255 bytes, titles of
more than 65,535. The box has no links and no pictures either, holds 255 chapters, and titles of 255 bytes.
"""
