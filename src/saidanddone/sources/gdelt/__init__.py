"""GDELT 1.0 and 2.0: event files (57, 58 or 61 columns), mentions, and events emitted again.

The meaning of a row is said once, in meaning.judge. A block of rows is counted by a *counter*,
a function

    count_rows(text: bytes, layout: Layout, first_line: int) -> CountedBatch

that pure.count_rows is and a compiled one replaces (counter.counter chooses). text is whole lines,
each ended by LF, without NUL bytes and CR LF; first_line is the number of the first. The result:

- a row whose number of fields is not layout.width, or of 64 KB or more (split.LONGEST_ROW), is set
  aside with its line, the reason and its first 200 characters; a blank line is no row but counts
  as a line;
- every other row is set aside, filtered or kept as meaning.judge says of its ten fields
  (meaning.RAW), in this order: date, code, number of articles; source, target, same state;
- cells has model.CELL_COLUMNS, each cell once, in any order, reports summed; kept equals acts;
  aside is sorted by line; filtered names only reasons that occur;
- bytes that are not UTF-8 are no error: they are U+FFFD where they are shown.

A counter may aggregate over distinct fields first: give them as fields.Fields (codes of up to four
bytes as integers, articles summed, rows counted), ask fields.verdicts what becomes of them, judge
the rows of those with the outcome JUDGE by themselves (pure.raw and meaning.judge), and let
pure.counted put both together. Everything is safe to call from several threads.
"""

from __future__ import annotations

from saidanddone.sources.gdelt.counter import Counter, counter
from saidanddone.sources.gdelt.layouts import LAYOUTS, Layout
from saidanddone.sources.gdelt.mentions import (
    MENTION_COLUMNS,
    count_outlets,
    find_mentions,
    is_number,
    once_each,
    outlets,
    read_mentions,
)
from saidanddone.sources.gdelt.reader import GdeltSource
from saidanddone.sources.gdelt.reemission import mark_reemissions, merge_reemissions

__all__ = [
    "LAYOUTS",
    "MENTION_COLUMNS",
    "Counter",
    "GdeltSource",
    "Layout",
    "count_outlets",
    "counter",
    "find_mentions",
    "is_number",
    "mark_reemissions",
    "merge_reemissions",
    "once_each",
    "outlets",
    "read_mentions",
]
