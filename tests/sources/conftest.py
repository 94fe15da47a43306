"""Reading a whole file at once, and small files of the formats, for the tests of the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from saidanddone.model import ACT_COLUMNS
from saidanddone.sources import Source

SHARED_DATA = Path(__file__).parents[2].parent / "shared" / "data"

ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\t"
    "Publisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


@dataclass(frozen=True)
class Whole:
    """All batches of a file together."""

    acts: pl.DataFrame
    kept: int
    aside: pl.DataFrame
    filtered: dict[str, int]
    batches: int

    @property
    def rows(self) -> int:
        return self.kept + self.aside.height + sum(self.filtered.values())

    @property
    def reasons(self) -> list[str]:
        return self.aside["reason"].to_list()


def _whole(source: Source, path: Path) -> Whole:
    batches = list(source.read(path))
    filtered: Counter[str] = Counter()
    for batch in batches:
        filtered.update(batch.filtered)
        assert batch.acts.columns == [column.name for column in ACT_COLUMNS]
        assert [str(dtype) for dtype in batch.acts.dtypes] == [
            column.type for column in ACT_COLUMNS
        ]
        assert batch.aside.columns == ["line", "reason", "content"]
    return Whole(
        acts=pl.concat([batch.acts for batch in batches]),
        kept=sum(batch.kept for batch in batches),
        aside=pl.concat([batch.aside for batch in batches]),
        filtered=dict(filtered),
        batches=len(batches),
    )


@pytest.fixture(scope="session")
def whole() -> Callable[[Source, Path], Whole]:
    """Read a file and put its batches together, checking every batch's columns and types."""
    return _whole


@pytest.fixture(scope="session")
def genuine() -> Callable[[str], Path]:
    """Return a genuine file beside the project; skips, naming what is missing."""

    def path(name: str) -> Path:
        file = SHARED_DATA / name
        if not file.exists():
            pytest.skip(f"{name} is missing from ../shared/data")
        return file

    return path


def _event(  # noqa: PLR0917
    source: str = "Police (India)",
    country: str = "India",
    target: str = "Pakistan",
    target_country: str = "Pakistan",
    code: str = "112",
    date: str = "2018-06-01",
    sectors: str = "Police,Government",
) -> str:
    return "\t".join(
        (
            "17", date, source, sectors, country, "Accuse", code, "-2.0", target, "NA",
            target_country, "90", "3", "The Daily", "Delhi", "NA", "NA", "India", "28.6", "77.2",
        )
    )  # fmt: skip


@pytest.fixture(scope="session")
def event() -> Callable[..., str]:
    """Make one line of an ICEWS file."""
    return _event


@pytest.fixture(scope="session")
def icews_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[str]], Path]:
    """Write an ICEWS file of the lines given, each into a folder of its own."""

    def write(lines: Sequence[str]) -> Path:
        path = tmp_path_factory.mktemp("icews") / "events.2018.tab"
        path.write_text("\n".join([ICEWS_HEADER, *lines]) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def mapping_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write a mapping of the columns date, source, target and code, with more lines before it."""

    def write(settings: str = "", columns: str = 'code = "code"') -> Path:
        path = tmp_path / "mine.toml"
        sides = 'date = "date"\nsource = "source"\ntarget = "target"'
        path.write_text(f"{settings}\n[columns]\n{sides}\n{columns}\n", encoding="utf-8")
        return path

    return write
