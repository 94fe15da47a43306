"""Ask whether a government's deeds match its words, and get an answer with its evidence."""

__version__ = "0.1.0"
