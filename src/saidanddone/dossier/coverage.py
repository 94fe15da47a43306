"""What an answer rests on, and what is missing from it, in words."""

from __future__ import annotations

import polars as pl

from saidanddone import actors
from saidanddone.archive import Coverage, Store, described
from saidanddone.dossier.question import Question
from saidanddone.model import UNCOUNTED_MODES, CoverageAnswer


def coverage_answer(store: Store, question: Question, covered: Coverage) -> CoverageAnswer:
    """Coverage with its notes: predecessors, straddling dates, uncounted acts, other datasets."""
    predecessors = tuple(
        actors.actor(old).name
        for old, new in sorted(question.merged.items())
        if new in (question.pair.source.id, question.pair.target.id)
    )
    lacking = _lacking(covered)
    return CoverageAnswer(
        files=covered.files,
        rows=covered.rows,
        kept=covered.kept,
        set_aside=covered.set_aside,
        filtered=covered.filtered,
        first=covered.first.isoformat() if covered.first else None,
        last=covered.last.isoformat() if covered.last else None,
        months=len(covered.months),
        months_missing=covered.months_missing,
        predecessors=predecessors,
        other_datasets=question.others,
        missing=(*question.dataset.missing, *lacking),
        notes=(*lacking, *_notes(store, question, covered, predecessors)),
    )


def _lacking(covered: Coverage) -> tuple[str, ...]:
    """What the archive itself lacks: files that never came, events, one way of counting."""
    found = [f"{day}: {what}" for day, what in covered.breaks]
    if covered.gaps:
        found.append(described(covered.gaps))
    if covered.without_events:
        which = f"{covered.without_events:,} of its {covered.files:,} files"
        of_them = "its files" if covered.without_events == covered.files else which
        found.append(f"of {of_them} no events are kept, only their tally")
    return tuple(found)


def _notes(
    store: Store, question: Question, covered: Coverage, predecessors: tuple[str, ...]
) -> list[str]:
    notes = []
    pair = question.pair
    for name in predecessors:
        notes.append(
            f"acts of the {name} count as its successor's (--no-predecessors leaves them out)"
        )
    if covered.straddling:
        notes.append(
            f"{covered.straddling:,} tally cells dated only to a month or a year that lies partly "
            "outside the window are left out"
        )
    acts = store.acts(
        question.dataset.name,
        sources=question.ids_of(pair.source.id),
        targets=question.ids_of(pair.target.id),
        window=question.window,
    )
    modes = acts["mode"].is_in(list(UNCOUNTED_MODES)).sum()
    if modes:
        denied = "act that was" if modes == 1 else "acts that were"
        kept = "is" if modes == 1 else "are"
        notes.append(f"{modes:,} {denied} denied or only supposed {kept} kept and not counted")
    if question.choices.actors == "government" and acts.height:
        unknown = acts["government"].is_null().sum()
        left_out = (
            f"; of {acts.height:,} reports of this pair {unknown:,} do not tell whether the actor "
            "is a government, and are left out"
        )
        notes.append("government acts only" + left_out * bool(unknown))
    if question.choices.count == "reports":
        notes += _repeated(acts)
    for other in question.others:
        notes.append(f"the archive also holds '{other}', which is not added (--dataset {other})")
    return notes


def _repeated(acts: pl.DataFrame) -> list[str]:
    """Say how many events repeat another: as reports they count again."""
    if acts["added"].null_count() == acts.height or acts["id"].n_unique() < acts.height:
        return []
    from saidanddone.sources.gdelt import mark_reemissions

    marked = mark_reemissions(acts)
    repeated = marked.filter(pl.col("id") != pl.col("first")).height
    if not repeated:
        return []
    return [
        f"{repeated:,} of {acts.height:,} events of this pair repeat another of the same day, "
        "actors, code and place that was added within a day of it: their reports count again "
        "(--count acts counts each day once)"
    ]
