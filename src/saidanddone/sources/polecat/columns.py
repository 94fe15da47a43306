"""The columns of POLECAT's files, as its codebook lists them and its files write them.

Codebook and files: Harvard Dataverse, doi:10.7910/DVN/AJGVIT.
"""

from __future__ import annotations

import re
from pathlib import Path

from saidanddone.errors import BadFile
from saidanddone.sources.header import require_columns

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
"""The forty columns, in the order of the files; readers go by name."""

READ = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Primary Actor Sector",
    "Recipient Name",
    "Recipient Country",
    "Primary Recipient Sector",
    "Placename",
    "Country",
    "Source",
    "Publication Date",
)
"""The columns that are read; a file that lacks one is refused."""

WITHHELD = ("Headline", "Event Text", "Feed", "Story ID")
"""Some weekly files name these too although their rows do not hold them."""

_OTHER_NAMES = {"eventintensity": "Intensity"}


def named(path: Path, header: str, first_row: str) -> list[str]:
    """Return the names of a file's columns as COLUMNS writes them; raises BadFile.

    Capitals, blanks, dots and underscores do not count. Columns without a name (some files end
    their lines with tabs) are numbered. A header that names withheld columns is replaced by
    COLUMNS where the first row has as many fields as these.
    """
    known = {_normal(name): name for name in COLUMNS + WITHHELD} | _OTHER_NAMES
    fields = [field.strip().strip('"') for field in header.split("\t")]
    names = [
        known.get(_normal(field), field) if field else f"(no name {place})"
        for place, field in enumerate(fields, start=1)
    ]
    require_columns(path, READ, names)
    unknown = [
        field
        for field, name in zip(fields, names, strict=True)
        if field and name not in COLUMNS and name not in WITHHELD
    ]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if unknown or twice:
        what = f"the unknown column '{unknown[0]}'" if unknown else f"the column '{twice[0]}' twice"
        if len(unknown) > 1:
            what = f"the unknown columns {', '.join(unknown)}"
        raise BadFile(
            f"'{path.name}' has {what}",
            "the columns of POLECAT's codebook, each once",
            "remove the others, or read the file as a table with a mapping",
        )
    if set(names) & set(WITHHELD) and first_row.count("\t") + 1 == len(COLUMNS) < len(names):
        return list(COLUMNS)
    return names


def _normal(name: str) -> str:
    return re.sub(r"[\s._-]+", "", name).lower()
