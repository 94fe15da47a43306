"""Names of states in languages that names.csv does not hold: CLDR's, read after a miss."""

from __future__ import annotations

from datetime import date
from functools import cache

from saidanddone.actors.names import NAME, Bearing, codes, key

LANGUAGES = (
    "en", "fr", "de", "es", "pt", "it", "nl", "pl", "uk", "ru", "tr",
    "ar", "fa", "he", "hi", "id", "vi", "ko", "ja", "zh", "zh_Hant",
)  # fmt: skip
"""Languages of the large newswires and of the parties to the disputes most asked about."""


@cache
def foreign_index() -> dict[str, list[Bearing]]:
    """Every CLDR name of a territory in :data:`LANGUAGES` with the state that bears it."""
    from babel import Locale

    found: dict[str, list[Bearing]] = {}
    states = codes("iso2")
    for language in LANGUAGES:
        for territory, name in Locale.parse(language).territories.items():
            # A withdrawn code (CS) stands for several historical states: CLDR means none of them.
            bearers = states.get(territory, [])
            if len(bearers) == 1:
                bearing = Bearing(bearers[0].id, NAME, date.min, date.max)
                bearings = found.setdefault(key(name), [])
                if bearing not in bearings:
                    bearings.append(bearing)
    return found
