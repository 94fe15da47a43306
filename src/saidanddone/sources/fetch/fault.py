"""Faults: what goes wrong with one file, for now or for good."""

from __future__ import annotations


class PassingFault(Exception):
    """Worth another try: a connection that broke, a server that is busy.

    held says that the pause before it is already arranged, since the server named it.
    """

    def __init__(self, reason: str, *, held: bool = False) -> None:
        super().__init__(reason)
        self.held = held


class LastingFault(Exception):
    """No other try helps: the file is not there, or is not the one that was listed."""


class AwayFault(LastingFault):
    """The service asks to come again much later: for now no file is to be had."""


class Stopped(Exception):
    """The fetch was told to stop; the bytes so far stay for the next one."""
