"""Blocks: the text of a file in whole lines, with its layout, a header taken off."""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from saidanddone.errors import BadFile
from saidanddone.sources.gdelt.inflate import inflate
from saidanddone.sources.gdelt.layouts import ALIASES, LAYOUTS, MENTIONS, Layout
from saidanddone.sources.gdelt.split import lines_in
from saidanddone.sources.lines import LONGEST_LINE
from saidanddone.sources.rows import require_rows, truncated

BLOCK_BYTES = 1 << 23
"""8 MB, some 20,000 rows; with where their fields end about 30 MB. Blocks of 0.5 to 32 MB cost the
same a row."""

ROWS_LOOKED_AT = 9
"""The layout is that of most of the first rows: one bad row at the top decides nothing."""

_BOM = b"\xef\xbb\xbf"
_FIRST = "globaleventid"
_EXPECTED = "GDELT rows as the service publishes them"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each ended by LF, the number of the first, and the file's layout."""

    text: bytes
    first_line: int
    layout: Layout


def blocks(
    path: Path, size: int = BLOCK_BYTES, layouts: Mapping[int, Layout] = LAYOUTS
) -> Iterator[Block]:
    """Yield a file's blocks in one of the layouts; CRLF becomes LF.

    Raises BadFile for a file that is damaged, binary, of another layout, saved again by a
    spreadsheet, or whose last line breaks off.
    """
    layout: Layout | None = None
    line = 1
    given = False
    for text, ended in _whole_lines(path, size):
        rows = text
        if layout is None:
            rows, layout, headed = _begin(path, text, layouts)
            line += headed
        if not ended:
            _require_whole_end(path, rows, line, layout)
        if rows:
            given = True
            yield Block(rows, line, layout)
            line += lines_in(rows)
    if not given:
        require_rows(path, anything=False)


def _whole_lines(path: Path, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield texts that end with LF; False with the last one if the file lacks that LF."""
    rest: list[bytes] = []  # the beginning of a line, not joined again with every piece
    left = 0
    started = False
    offset = 0
    for piece in inflate(path, size):
        nul = piece.find(b"\0")
        if nul >= 0:
            raise BadFile(
                f"'{path.name}' holds a NUL byte at byte {offset + nul}", _EXPECTED,
                "fetch the file again",
            )  # fmt: skip
        offset += len(piece)
        cut = piece.rfind(b"\n") + 1
        if cut:
            text = piece if cut == len(piece) else piece[:cut]
            if rest:
                text = b"".join((*rest, text))
            rest = [piece[cut:]] if cut < len(piece) else []
            left = len(piece) - cut
            yield _tidy(text, first=not started), True
            started = True
        else:
            rest.append(piece)
            left += len(piece)
            if left > LONGEST_LINE:
                raise BadFile(
                    f"'{path.name}' has no line end within {LONGEST_LINE >> 20} MB", _EXPECTED,
                    "check that it is a GDELT file",
                )  # fmt: skip
    if rest:
        yield _tidy(b"".join(rest) + b"\n", first=not started), False
    elif not started:
        raise BadFile(f"'{path.name}' is empty", _EXPECTED, "fetch the file again")


def _tidy(text: bytes, *, first: bool) -> bytes:
    if first and text.startswith(_BOM):
        text = text[len(_BOM) :]
    return text.replace(b"\r\n", b"\n") if b"\r" in text else text


def _begin(path: Path, text: bytes, layouts: Mapping[int, Layout]) -> tuple[bytes, Layout, int]:
    """Decide on the layout; return the text without its header, and the lines taken off."""
    end = text.find(b"\n")
    shown = text[: min(end, 1 << 14)].decode("utf-8", "replace")
    if shown.strip('"').lower().startswith(_FIRST):
        return text[end + 1 :], _from_header(path, shown, layouts), 1
    lines = (line for line in io.BytesIO(text) if line != b"\n")
    widths = Counter(line.count(b"\t") + 1 for line in itertools.islice(lines, ROWS_LOOKED_AT))
    known = [(count, width) for width, count in widths.items() if width in layouts]
    if not known:
        raise _other_layout(path, shown, max(widths, key=widths.__getitem__, default=0), layouts)
    return text, layouts[max(known)[1]], 0


def _from_header(path: Path, header: str, layouts: Mapping[int, Layout]) -> Layout:
    names = [name.strip().strip('"').lower() for name in header.split("\t")]
    names = [ALIASES.get(name, name) for name in names]
    if len(names) not in layouts:
        raise _other_layout(path, header, len(names), layouts)
    layout = layouts[len(names)]
    for place, (name, column) in enumerate(zip(names, layout.columns, strict=True), 1):
        if name != column.lower():
            raise BadFile(
                f"'{path.name}' has '{name[:40]}' as its column {place}",
                f"{column} there, as GDELT {layout.version} has it",
                "put the columns in GDELT's order, or read it as a table with a mapping",
            )
    return layout


def _other_layout(path: Path, line: str, width: int, layouts: Mapping[int, Layout]) -> BadFile:
    """Refuse a file by its first line: its columns are separated otherwise, or other columns."""
    *few, most = [str(number) for number in layouts]
    expected = f"GDELT rows of {', '.join(few) + ' or ' * bool(few)}{most} columns, by tabs"
    for mark, named in ((";", "semicolons"), (",", "commas")):
        if width < min(layouts) and line.count(mark) + 1 >= min(layouts):
            return BadFile(
                f"'{path.name}' has {named} between its columns, as a spreadsheet saves them, which"
                " also drops the leading zeros of event codes",
                expected,
                "use the file as the service publishes it",
            )
    if width == len(MENTIONS.columns):
        return BadFile(
            f"'{path.name}' holds mentions, not events", expected, "name the export beside it"
        )
    return BadFile(
        f"'{path.name}' has {width} column{'s' * (width != 1)}",
        expected,
        "check that it is a GDELT file of this kind",
    )


def _require_whole_end(path: Path, text: bytes, first_line: int, layout: Layout) -> None:
    last = text[text.rfind(b"\n", 0, -1) + 1 :]
    found = last.count(b"\t") + 1
    if last.strip() and found < layout.width:
        line = first_line + text.count(b"\n") - 1
        raise truncated(path, line, found, layout.width)
