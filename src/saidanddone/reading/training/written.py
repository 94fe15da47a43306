"""Training sentences written one by one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def written() -> pl.DataFrame:
    """Read the written training sentences.

    They are invented: none reports a fact. Columns, all text: id, sentence, source and target
    (spans that stand in the sentence once), plover (the event of the source toward the target,
    or NONE), mode (did, pledged, threatened, ended, negated, hypothetical). An id that begins
    with `embargo` marks CAMEO 163, which the crosswalk of 2021 puts under COERCE.
    """
    path = files(__package__) / "written.csv"
    return pl.read_csv(path.read_bytes(), infer_schema=False)
