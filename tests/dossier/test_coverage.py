"""Coverage: files, rows that balance, months, and what is missing, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import saidanddone as sd

from .. import worlds


def test_rows_balance(every: list[Any]) -> None:
    for answer in every:
        found = answer.coverage
        assert found.rows == found.kept + found.set_aside + found.filtered > 0


def test_the_census_is_covered_by_both_files(decided: Any, reports: Any) -> None:
    found = decided.coverage
    assert (found.files, found.rows, found.months) == (2, len(reports), 24)
    assert (found.first, found.last) == ("1991-01-01", "1992-12-31")
    assert found.months_missing == ()
    assert found.missing == ("no genuine acts",)


def test_months_without_acts_are_named(census_tables: dict[str, Path], tmp_path: Path) -> None:
    acts = [
        worlds.Report(day, "Japan", "China", "112", "accuse")
        for day in ("1991-02-01", "1991-05-09")
    ]
    table = worlds.write_table(tmp_path / "gap.csv", acts)
    sd.ingest("table", [table], tmp_path / "archive", mapping=census_tables["mapping"])
    answer = sd.ask("Japan", "China", archive=tmp_path / "archive")
    assert answer.coverage.months == 2
    assert answer.coverage.months_missing == ("1991-03", "1991-04")


def test_acts_whose_actor_is_not_known_are_told(decided: Any, reports: Any) -> None:
    toward = [
        r
        for r in reports
        if r.target == "North Korea"
        and r.source.strip(")").split("(")[-1] in ("Russia", "Soviet Union")
    ]
    unknown = [r for r in toward if r.source.startswith("Unheard Of")]
    note = next(n for n in decided.coverage.notes if n.startswith("government acts only"))
    assert f"of {len(toward)} reports of this pair {len(unknown)} do not tell" in note


def test_denied_acts_are_told_and_not_counted(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.toml").write_text('name = "small"\ntitle = "Small"\nkind = "selection"\n')
    header = "id,date,source,target,code,channel,valence,mode,text,reference,url,basis\n"
    rows = (
        "a,2001-02-03,RUS,PRK,112,said,-1,did,It accused.,A paper,,common record\n"
        "b,2001-02-04,RUS,PRK,070,done,1,negated,It gave no aid.,A paper,,common record\n"
    )
    (case / "acts.csv").write_text(header + rows)
    report = sd.ingest("case", [case], tmp_path / "archive")
    assert [file.error for file in report.files] == [None]
    answer = sd.ask("Russia", "North Korea", archive=tmp_path / "archive")
    assert answer.selection.acts == 1
    assert "1 act that was denied or only supposed is kept and not counted" in (
        answer.coverage.notes
    )
    (denied,) = [a for a in answer.evidence if a.date == "2001-02-04"]
    assert denied.text.endswith("(negated; not counted)")
    assert denied.weight == 0


def test_a_predecessor_is_named_in_a_note(decided: Any, undecided: Any) -> None:
    assert any("Soviet Union count as its successor's" in n for n in decided.coverage.notes)
    assert undecided.coverage.predecessors == ()
