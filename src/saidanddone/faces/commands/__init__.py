"""The commands, one a file; cli.py lists them."""
