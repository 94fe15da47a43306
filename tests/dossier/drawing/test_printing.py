"""Drawings at print size."""

from __future__ import annotations

import re
import struct

import pytest

from saidanddone.dossier.drawing import as_pdf, as_png, sparkline
from saidanddone.dossier.drawing.element import mark
from saidanddone.dossier.drawing.sheet import Words, sheet
from saidanddone.errors import BadInput


def width(png: bytes) -> int:
    """The width of a picture in pixels."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int(struct.unpack(">I", png[16:20])[0])


@pytest.mark.parametrize("units", [720, 360])
def test_a_picture_is_160_millimetres_wide_at_300_dots_an_inch(units: int) -> None:
    drawn = mark("rect", "cooperative", width=units, height=10)
    svg = sheet([drawn], Words("a", "b"), prefix="x", width=units, height=10, standalone=True)
    png = as_png(svg)
    assert width(png) == pytest.approx(160 / 25.4 * 300, abs=1.5)
    assert b"pHYs" in png
    assert width(as_png(svg, 0.5)) == pytest.approx(160 / 25.4 * 150, abs=1.5)


def test_colours_do_not_hang_on_a_style_sheet() -> None:
    """The style of the file and the attributes beneath it draw the same picture."""
    alone = sparkline([0.1, 0.9], [0.8, 0.2], prefix="s", standalone=True)
    start, end = alone.index("<style>"), alone.index("</style>") + len("</style>")
    assert as_png(alone) == as_png(alone[:start] + alone[end:])


@pytest.mark.parametrize("standalone", [True, False])
def test_a_document_is_160_millimetres_wide(standalone: bool) -> None:
    raw = as_pdf(sparkline([0.1, 0.9], [0.8, 0.2], prefix="s", standalone=standalone))
    assert raw.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", raw)
    assert box is not None
    assert float(box[1]) == pytest.approx(160 / 25.4 * 72, abs=1)
    assert float(box[2]) == pytest.approx(160 / 25.4 * 72 * 28 / 120, abs=1)


def test_other_text_is_refused() -> None:
    for draw in (as_png, as_pdf):
        with pytest.raises(BadInput, match="no drawing"):
            draw("<svg/>")
