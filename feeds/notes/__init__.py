"""Show notes: Markdown into the HTML of pages and feeds."""
