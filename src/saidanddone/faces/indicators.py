"""Hard indicators: as functions and on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console

from saidanddone.archive import Archive, FileReport, Ingest
from saidanddone.dossier import Dossier
from saidanddone.errors import BadInput
from saidanddone.faces.sparkline import sparkline
from saidanddone.sources import indicators as source

Progress = Callable[[str, int], None]


def ingest(
    paths: Iterable[Path],
    archive: str | Path,
    *,
    mapping: str | Path | None = None,
    dataset: str | None = None,
    progress: Progress | None = None,
) -> Ingest:
    """Make files of indicators part of an archive; refused files stand in the report."""
    into = Archive.create(archive)
    how = Path(mapping) if mapping is not None else None
    reports: list[FileReport] = []
    for path in paths:
        try:
            files = source.find(path, how)
        except BadInput as error:
            reports.append(FileReport.refused(path, None, error))
            continue
        for file in files:
            try:
                found = source.read(file, mapping=how, dataset=dataset)
                if progress:
                    progress(file.name, found.rows)
                reports.append(into.add_indicators(file, source.identify(file), found))
            except BadInput as error:
                reports.append(FileReport.refused(file, None, error))
    return Ingest(tuple(reports))


def to_dict(answer: Dossier) -> dict[str, Any]:
    """The object that `indicators --json` prints: the pair, its deeds and its indicators."""
    told = answer.to_dict()
    deeds = answer.words_and_deeds[1]
    return {
        **{key: told[key] for key in ("source", "target", "window", "dataset")},
        "deeds": {"channel": deeds, **_warmth(answer)},
        "indicators": [one.to_dict() for one in answer.indicators],
    }


def _warmth(answer: Dossier) -> dict[str, float | None]:
    channel = answer.channels[answer.words_and_deeds[1]]
    return {"warmth": channel.warmth if channel else None, "se": channel.se if channel else None}


def show(answer: Dossier, console: Console) -> None:
    """Print every indicator of the pair, with its years where they can be drawn."""
    console.print(f"[bold]{answer.source.name} → {answer.target.name}[/bold]: beside the deeds")
    warmth = _warmth(answer)
    if warmth["warmth"] is not None and warmth["se"] is not None:
        console.print(
            f"  deeds ({answer.words_and_deeds[1]}): warmth {warmth['warmth']:+z.2f} ± "
            f"{1.645 * warmth['se']:.2f} logits in {answer.dataset[0]}"
        )
    for one in answer.indicators:
        console.print(f"  · {one.sentence} [dim]({one.dataset})[/dim]")
        values = [value or 0.0 for _, value in one.years]
        if len(values) > 1 and any(values):
            years = f"{one.years[0][0]} to {one.years[-1][0]}"
            console.print(f"      {sparkline(values, max(values))}  {years}")
    if not answer.indicators:
        console.print(
            "  the archive holds no indicators; add some with: saidanddone ingest indicators FILE"
        )
