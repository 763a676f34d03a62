"""What comes from other servers: the only room that talks to them, and the one that says what they may cost."""
