"""Faces render answers and compute nothing: command line, Python and notebook."""
