"""A report as PDF: A4, tagged, set by Typst from data, so that no text is ever read as markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, cast

from saidanddone.dossier.citation_references import one_line
from saidanddone.errors import CannotWrite, MissingExtra
from saidanddone.faces.report.blocks import (
    Acts,
    Block,
    Bullets,
    Code,
    Figure,
    Paragraph,
    Report,
    Table,
    ToldAct,
)

STANDARD = "ua-1"
"""PDF/UA-1: tagged, with a title and words for every picture, for those who hear it read."""

TALLEST_MM = 172
"""A drawing so tall leaves room for the question and the verdict on the first page."""

_VIEW_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

NO_DAY = date(1970, 1, 1)
"""The day a report of an empty dataset bears: none is known, and the clock's would differ."""


def pdf(report: Report) -> bytes:
    """Set a report as PDF; raises MissingExtra, CannotWrite.

    The same report gives the same bytes on machines with the same fonts: the text is set in one
    that Typst brings along, drawings and letters that it lacks in those of the system. Where no
    font has a letter (Korean, say), a box stands for it and the file is tagged, but no PDF/UA. The
    day of creation is that of the data's last act.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingExtra(
            "a PDF needs the extra report, which is not installed",
            "typst",
            "install it with: pip install 'saidanddone[report]', or leave --pdf out",
        ) from error
    layout = files("saidanddone.faces.report").joinpath("report.typ").read_bytes()
    day = date.fromisoformat(report.updated) if report.updated else NO_DAY
    created = datetime(day.year, day.month, day.day, tzinfo=UTC)
    made: bytes | None = None
    for standards in ([STANDARD], []):
        try:
            made = typst.compile(
                layout,
                format="pdf",
                sys_inputs={"data": json.dumps(_data(report), ensure_ascii=False)},
                pdf_standards=cast("Any", standards),
                timestamp=created,
            )
            break
        except typst.TypstError as error:
            why = error
    if made is None:
        raise CannotWrite(
            f"the report cannot be set as PDF ({one_line(why.message)})",
            "a text that Typst can set",
            "write it as Markdown, and report this as a fault",
        ) from why
    return made


def _data(report: Report) -> dict[str, Any]:
    updated = report.updated
    return {
        "question": one_line(report.question),
        "short": one_line(report.question),
        "verdict": one_line(report.verdict),
        "about": one_line(report.about),
        "updated": [int(part) for part in updated.split("-")] if updated else None,
        "sections": [
            {"title": section.title, "blocks": _blocks(section.blocks)}
            for section in report.sections
        ],
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Blocks as data; a paragraph that leads to a table or list stays on its page."""
    last = len(blocks) - 1
    return [
        {
            **_block(block),
            "leads": i < last and not isinstance(blocks[i + 1], Paragraph),
        }
        for i, block in enumerate(blocks)
    ]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": one_line(block.text)}
        case Bullets():
            return {"kind": "bullets", "items": [one_line(item) for item in block.items]}
        case Table():
            rows = [[one_line(cell) for cell in row] for row in block.rows]
            return {"kind": "table", "head": block.head, "rows": rows, "words": block.words}
        case Acts():
            return {"kind": "acts", "items": [_act(act) for act in block.items]}
        case Figure():
            return {
                "kind": "figure",
                "svg": block.svg,
                "alt": one_line(block.alt),
                "ratio": _ratio(block.svg),
                "tallest": TALLEST_MM,
            }
        case Code():
            return {"kind": "code", "text": block.text}


def _ratio(svg: str) -> float:
    """Height over width."""
    found = _VIEW_BOX.search(svg)
    return float(found[2]) / float(found[1]) if found else 1.0


def _act(act: ToldAct) -> dict[str, Any]:
    reference = one_line(act.reference)
    before, _, after = reference.partition(act.url) if act.url else (reference, "", "")
    return {
        "date": act.date,
        "kind": one_line(act.kind),
        "weight": act.weight,
        "text": one_line(act.text),
        "before": before.rstrip(" <"),
        "url": act.url,
        "after": after.lstrip("> "),
    }
