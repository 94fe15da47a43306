"""The examples of the manual: fenced blocks, and what their info strings say of them.

    sh          commands, one a line; they must succeed
    console     commands behind '$ ', each followed by what it prints
    python      run whole, one namespace a page; with '>>>' as a doctest
    text output what the block before printed, or a part of it
    toml NAME, csv NAME, text NAME
                a file that the following blocks find beside them
    no-run WHY  not run by any test: it needs a network, a cluster, other people's files
    icews-2018, icews-counts, icews-sample, un-votes
                run where the genuine data are at hand, whose figures it shows

In what is printed '...' stands for anything, and blanks and line ends count alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]

RUN = ("sh", "console", "python")
"""Languages whose blocks are run."""

GENUINE = ("icews-2018", "icews-counts", "icews-sample", "un-votes")

FENCE = re.compile(r"^(?P<indent> *)(?P<fence>```+)(?P<info>.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line of its fence, its info string and its text."""

    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def genuine(self) -> str | None:
        """The data of others whose figures it shows."""
        return next((word for word in self.words if word in GENUINE), None)

    @property
    def is_output(self) -> bool:
        return self.language == "text" and "output" in self.words

    @property
    def file(self) -> str | None:
        """The name of the file that the block is."""
        named = [word for word in self.words if "." in word or "/" in word]
        return named[0] if named and self.language not in RUN else None

    @property
    def reason(self) -> str | None:
        """Why it is not run; None where it is."""
        if "no-run" not in self.words:
            return None
        return " ".join(self.words[self.words.index("no-run") + 1 :])


def blocks(page: Path) -> Iterator[Block]:
    """Yield a page's fenced blocks in their order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        opened = FENCE.match(line)
        if not opened:
            continue
        indent, fence = opened["indent"], opened["fence"]
        held: list[str] = []
        for _, inside in lines:
            if inside.strip() == fence:
                break
            held.append(inside.removeprefix(indent))
        else:
            raise AssertionError(f"{page.name}:{number}: the fence is not closed")
        language, *words = opened["info"].split() or [""]
        yield Block(page, number, language, tuple(words), "\n".join(held) + "\n")


@dataclass(frozen=True)
class Command:
    """A command of a console block, and what it is said to print; None where nothing is shown."""

    line: str
    shown: str | None


def commands(block: Block) -> list[Command]:
    """The commands of a block of sh or console."""
    text = block.text.replace("\\\n", " ")
    if block.language == "sh":
        lines = [line.split(" #")[0].strip() for line in text.splitlines()]
        return [Command(line, None) for line in lines if line and not line.startswith("#")]
    found: list[Command] = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        found.append(Command(line.split(" #")[0].strip(), shown if shown.strip() else None))
    return found


def agrees(shown: str, printed: str, *, part: bool = False) -> bool:
    """Whether a block shows what was printed; '...' stands for anything, part for anything around.

    >>> agrees("a ... d", "a  b\\nc d"), agrees("b", "a b c"), agrees("b", "a b c", part=True)
    (True, False, True)
    """
    pieces = [re.escape(" ".join(piece.split())) for piece in shown.split("...")]
    pattern = r"\s?.*?\s?".join(pieces).strip()
    printed = " ".join(printed.split())
    search = re.search if part else re.fullmatch
    return search(pattern, printed, flags=re.DOTALL) is not None
