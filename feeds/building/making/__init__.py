"""How the files of a show are made, one batch of episodes after another."""
