"""Votes of the United Nations General Assembly: as acts toward a state, and as agreement."""

from __future__ import annotations

from saidanddone.sources.votes.agreement import agreement
from saidanddone.sources.votes.ballots import read_votes
from saidanddone.sources.votes.reader import VotesSource
from saidanddone.sources.votes.stances import stances

__all__ = ["VotesSource", "agreement", "read_votes", "stances"]
