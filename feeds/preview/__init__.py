"""The preview of a site on this machine."""
