from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.model import ACT_COLUMNS
from saidanddone.sources.acts import as_acts
from saidanddone.sources.gdelt import GdeltSource, mark_reemissions, merge_reemissions
from saidanddone.sources.gdelt.cells import CELL_SCHEMA, merged
from saidanddone.sources.gdelt.reemission import SAME, WINDOW_DAYS

DAY = date(2019, 10, 24)

KINDS = st.tuples(
    st.sampled_from(["RUS", "CHN"]),
    st.sampled_from(["042", "190"]),
    st.sampled_from(["Pyongyang", "Moscow", None]),
    st.one_of(st.none(), st.integers(0, 9)),
    st.integers(1, 50),
)


def acts_of(kinds: list[tuple[str, str, str | None, int | None, int]]) -> pl.DataFrame:
    return as_acts(
        pl.DataFrame(
            [
                {
                    "date": DAY,
                    "precision": "day",
                    "source": source,
                    "target": "PRK",
                    "source_name": source,
                    "target_name": "PRK",
                    "government": True,
                    "code": code,
                    "channel": "signed",
                    "valence": 1,
                    "reports": reports,
                    "id": str(100 + number),
                    "reference": None,
                    "line": number,
                    "place": place,
                    "added": None if lag is None else DAY + timedelta(days=lag),
                }
                for number, (source, code, place, lag, reports) in enumerate(kinds)
            ],
            schema_overrides={"place": pl.String, "added": pl.Date, "reference": pl.String},
        )
    )


def plainly(acts: pl.DataFrame, window_days: int) -> dict[str, tuple[str, int]]:
    """Tell the first emission and the number of emissions of every act, one after the other."""
    groups = defaultdict(list)
    for act in acts.iter_rows(named=True):
        alone = act["id"] if act["place"] is None or act["added"] is None else None
        groups[(*(act[name] for name in SAME), alone)].append(act)
    found = {}
    for group in groups.values():
        periods = defaultdict(list)
        days = [act["added"] for act in group if act["added"] is not None]
        for act in group:
            late = (act["added"] - min(days)).days // (window_days + 1) if days else 0
            periods[late].append(act)
        for emissions in periods.values():
            first = min(emissions, key=lambda act: (act["added"] or DAY, act["id"]))["id"]
            found |= {act["id"]: (first, len(emissions)) for act in emissions}
    return found


@given(st.lists(KINDS, min_size=1, max_size=40), st.integers(0, 4))
def test_emissions_are_told_apart_as_one_would_by_hand(kinds: list[Any], window_days: int) -> None:
    acts = acts_of(kinds)
    marked = mark_reemissions(acts, window_days)
    assert marked.columns == [*acts.columns, "first", "emissions"]
    assert {act["id"]: (act["first"], act["emissions"]) for act in marked.to_dicts()} == plainly(
        acts, window_days
    )


@given(st.lists(KINDS, min_size=1, max_size=40), st.randoms())
def test_merging_keeps_every_report_in_its_cell(kinds: list[Any], random: Any) -> None:
    acts = acts_of(kinds)
    one = merge_reemissions(acts).sort("id")
    assert one.columns == [column.name for column in ACT_COLUMNS]
    keys = [name for name in CELL_SCHEMA if name != "reports"]
    before, after = (merged([table.select(CELL_SCHEMA.keys())]).sort(keys) for table in (acts, one))
    assert before.equals(after)
    assert merge_reemissions(one).sort("id").equals(one)
    order = list(range(acts.height))
    random.shuffle(order)
    assert merge_reemissions(acts[order]).sort("id").equals(one)


def test_the_window_parts_an_emission_from_a_distinct_event() -> None:
    kinds: list[Any] = [("RUS", "042", "Pyongyang", lag, 10) for lag in (0, 1, WINDOW_DAYS + 1, 7)]
    kept = merge_reemissions(acts_of(kinds))
    assert sorted(kept.select("id", "reports").rows()) == [("100", 20), ("102", 10), ("103", 10)]


@pytest.mark.parametrize("engine", ["lazy", "pandas"])
def test_other_engines_give_the_same(engine: str) -> None:
    acts = acts_of([("RUS", "042", "Pyongyang", lag, lag + 1) for lag in (0, 0, 1, 5)])
    expected = merge_reemissions(acts).sort("id").select("id", "reports").rows()
    if engine == "lazy":
        found = merge_reemissions(acts.lazy()).collect()
        assert found.sort("id").select("id", "reports").rows() == expected
    else:
        table = acts.to_pandas()
        table["added"] = pd.to_datetime(table["added"])
        merged_ = merge_reemissions(table).sort_values("id")
        assert list(merged_[["id", "reports"]].itertuples(index=False, name=None)) == expected


def test_genuine_emissions(genuine: Any, whole: Any) -> None:
    acts = whole(GdeltSource(), genuine("gdelt/v2/20191024143000.export.CSV")).acts
    kept = merge_reemissions(acts)
    assert (acts.height, kept.height) == (446, 363)
    assert kept["reports"].sum() == acts["reports"].sum()
