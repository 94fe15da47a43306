"""Drawings at print size: PNG with 300 dots an inch and PDF, 160 mm wide."""

from __future__ import annotations

import re

from saidanddone.errors import BadInput

MILLIMETRES = 160.0
"""Width of a drawing in print: the text width of an A4 page."""

DOTS_PER_INCH = 300.0
POINTS_PER_INCH = 72.0
MILLIMETRES_PER_INCH = 25.4

_VIEW_BOX = re.compile(r'^<svg [^>]*viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
_SIZE = re.compile(r' (?:width|height)="[^"]*"')


def as_png(svg: str, scale: float = 1.0) -> bytes:
    """A drawing as PNG: at scale 1 it is 160 mm wide at 300 dots an inch, 1,890 pixels.

    Raises BadInput for text that is no drawing of this package.
    """
    import vl_convert

    pixels = MILLIMETRES / MILLIMETRES_PER_INCH * DOTS_PER_INCH * scale
    # The renderer multiplies its scale by the resolution over 72.
    factor = pixels / _size(svg)[0] * POINTS_PER_INCH / DOTS_PER_INCH
    return bytes(vl_convert.svg_to_png(svg, scale=factor, ppi=DOTS_PER_INCH))


def as_pdf(svg: str) -> bytes:
    """A drawing as PDF, 160 mm wide; its text stays text. Raises BadInput as as_png does."""
    import vl_convert

    width, height = _size(svg)
    points = MILLIMETRES / MILLIMETRES_PER_INCH * POINTS_PER_INCH
    # The renderer takes a page's size in points from the root's own width and height.
    root, rest = svg.split(">", 1)
    sized = _SIZE.sub("", root) + f' width="{points:.2f}" height="{points * height / width:.2f}"'
    return bytes(vl_convert.svg_to_pdf(f"{sized}>{rest}"))


def _size(svg: str) -> tuple[float, float]:
    found = _VIEW_BOX.search(svg)
    if found is None:
        raise BadInput(
            "the text is no drawing that can be printed",
            "an SVG document with a viewBox that begins at 0 0",
            "give the text that a drawing function returned",
        )
    return float(found.group(1)), float(found.group(2))
