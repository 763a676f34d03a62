"""An existing podcast, whole: its feed becomes records that build the same feed again."""
