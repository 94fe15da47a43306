"""Small tables of votes and roll calls, as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

ROLL_CALLS = (
    ("4604", "60", "2005-12-16"),  # human rights in North Korea
    ("5163", "66", "2011-10-25"),  # the embargo on Cuba
    ("1190", "26", "1971-10-07"),  # China's seat: the data's day is not the true one
    ("7", "1", "1946-01-02"),  # procedure: no stance
)


@pytest.fixture
def votes_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write un_votes.csv of rows (rcid, country, country_code, vote) with its roll calls."""

    def write(
        votes: Sequence[tuple[str, str, str, str]],
        roll_calls: Sequence[tuple[str, str, str]] = ROLL_CALLS,
    ) -> Path:
        for name, header, rows in (
            ("un_votes.csv", "rcid,country,country_code,vote", votes),
            ("un_roll_calls.csv", "rcid,session,date", roll_calls),
        ):
            lines = [header, *(",".join(row) for row in rows)]
            (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path

    return write
