"""Charts: pictures that are whole, self-contained and never left half written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from saidanddone.dossier import chart
from saidanddone.errors import BadChoice, CannotWrite

TITLE = "Russia toward North Korea: words and deeds, 1991 to 1992"


def test_a_png_is_a_picture(decided: Any, tmp_path: Path) -> None:
    path = tmp_path / "gap.png"
    assert decided.plot(path) == path
    raw = path.read_bytes()
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(raw) > 10_000
    assert [p.name for p in tmp_path.iterdir()] == ["gap.png"]


def test_an_svg_holds_the_title_as_text(decided: Any, tmp_path: Path) -> None:
    path = tmp_path / "gap.SVG"
    decided.plot(path)
    text = "".join(ElementTree.parse(path).getroot().itertext())
    assert TITLE in text
    assert "Words (said)" in text and "Deeds (done)" in text


def test_a_page_loads_nothing_from_elsewhere(decided: Any, tmp_path: Path) -> None:
    path = tmp_path / "gap.html"
    decided.plot(str(path))
    page = path.read_text(encoding="utf-8")
    assert TITLE in page
    # Only the page's own tags count: the drawing library's code holds addresses as text.
    tags = re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", page.split("<body")[0])
    assert not [
        tag for tag in tags if re.search(r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", tag)
    ]
    assert not re.search(r"<script[^>]+\bsrc=", page)


def test_years_are_drawn_where_months_could_not_be_told_apart(
    selection: Any, yearly: Any, decided: Any
) -> None:
    assert selection.yearly and yearly.yearly
    assert not decided.yearly
    for answer in (selection, yearly):
        unit = chart._bars(answer)[1]
        assert unit == "year"


def test_bars_are_the_counts(decided: Any) -> None:
    rows, unit = chart._bars(decided)
    assert unit == "month"
    said = [row for row in rows if row["channel"] == "said"]
    assert sum(r["acts"] for r in said if r["sign"] == "cooperative") == (
        decided.channels["said"].cooperative
    )
    assert sum(r["acts"] for r in said if r["sign"] == "conflictual") == (
        -decided.channels["said"].conflictual
    )


def test_an_answer_without_acts_can_be_drawn(silent: Any, tmp_path: Path) -> None:
    silent.plot(tmp_path / "nothing.svg")
    assert "Fiji toward Iceland" in (tmp_path / "nothing.svg").read_text(encoding="utf-8")


def test_without_a_path_the_chart_itself_is_returned(decided: Any) -> None:
    assert decided.plot().to_dict()["title"]["text"] == TITLE


@pytest.mark.parametrize("name", ["gap.gif", "gap", "gap.png.txt"])
def test_another_ending_is_refused(decided: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadChoice, match="no kind of picture"):
        decided.plot(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(decided: Any, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="there is no folder"):
        decided.plot(tmp_path / "absent" / "gap.png")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_pictures_place(decided: Any, tmp_path: Path) -> None:
    (tmp_path / "gap.png").mkdir()
    with pytest.raises(CannotWrite, match="it is a folder"):
        decided.plot(tmp_path / "gap.png")
    assert [p.name for p in tmp_path.iterdir()] == ["gap.png"]


def test_a_drawing_that_fails_leaves_the_old_picture(
    decided: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gap.svg"
    path.write_text("the old one")

    class Fails:
        def save(self, path: str, **_: Any) -> None:
            Path(path).write_text("half")
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(chart, "chart", lambda _: Fails())
    with pytest.raises(CannotWrite, match="No space left on device"):
        decided.plot(path)
    assert path.read_text() == "the old one"
    assert [p.name for p in tmp_path.iterdir()] == ["gap.svg"]
