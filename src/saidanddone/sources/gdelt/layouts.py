"""The layouts of GDELT's event files: 57, 58 or 61 columns, one row a line, tabs between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_EVENT = (
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
)
_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


@dataclass(frozen=True)
class Layout:
    """A version of the files and its columns, in order.

    >>> LAYOUTS[61].place("EventCode"), LAYOUTS[57].place("DATEADDED")
    (26, 56)
    """

    version: str
    columns: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.columns)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.columns)}

    def place(self, column: str) -> int:
        """Return where a column stands; the first is 0."""
        return self._places[column]

    def has(self, column: str) -> bool:
        """Say whether the layout has a column; SOURCEURL is not in the oldest."""
        return column in self._places


def _columns(place: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor1{name}" for name in _ACTOR),
        *(f"Actor2{name}" for name in _ACTOR),
        *_EVENT,
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in place),
        *("DATEADDED", "SOURCEURL"),
    )


LAYOUTS: dict[int, Layout] = {
    57: Layout("1.0 without addresses", _columns(_PLACE_1)[:-1]),
    58: Layout("1.0", _columns(_PLACE_1)),
    61: Layout("2.0", _columns(_PLACE_2)),
}
"""The layouts by their number of columns, after the codebooks of GDELT 1.0 and 2.0.

57 is 1.0 until March 2013, 58 is 1.0 afterwards, 61 is 2.0 (second-level districts added).
"""

MENTIONS = Layout(
    "2.0 mentions",
    (
        "GLOBALEVENTID",
        "EventTimeDate",
        "MentionTimeDate",
        "MentionType",
        "MentionSourceName",
        "MentionIdentifier",
        "SentenceID",
        "Actor1CharOffset",
        "Actor2CharOffset",
        "ActionCharOffset",
        "InRawText",
        "Confidence",
        "MentionDocLen",
        "MentionDocTone",
        "MentionDocTranslationInfo",
        "Extras",
    ),
)
"""The layout of files of mentions, which came with 2.0."""

ALIASES = {"day": "sqldate"}
"""Names under which headed samples give a column, in lower case, beside the codebook's own."""
