"""The text of a page whose line breaks are lost, made into episodes."""
