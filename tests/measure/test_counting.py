"""Hand-made cells to counted acts: once a day, by actors, codes left out, sides and precision."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.archive.tally import merge
from saidanddone.measure.choices import Choices
from saidanddone.measure.counting import COUNTED_COLUMNS, by_pair, by_period, counted

from .conftest import cell, cells

ACTS = Choices()


def total(frame: Any, channel: str, valence: int, column: str = "acts") -> int:
    """Sum of a column over the counted acts of one channel and valence."""
    rows = nw.from_native(frame)
    rows = rows.filter((nw.col("channel") == channel) & (nw.col("valence") == valence))
    return int(rows[column].sum() or 0)


def kinds(frame: Any) -> dict[tuple[str, int], int]:
    """Acts by channel and valence."""
    found: Counter[tuple[str, int]] = Counter()
    for row in nw.from_native(frame).iter_rows(named=True):
        found[row["channel"], int(row["valence"])] += int(row["acts"])
    return dict(found)


def as_rows(frame: Any) -> Counter[tuple[Any, ...]]:
    """A frame's rows regardless of order and engine."""
    rows = nw.from_native(frame).select(list(COUNTED_COLUMNS)).rows()
    return Counter((*row[:2], str(row[2])[:10], *row[3:5], *map(int, row[5:])) for row in rows)


class TestOnceADay:
    def test_reports_of_one_kind_are_one_act(self) -> None:
        found = counted(cells([cell("190", "done", -1, 40), cell("193", "done", -1, 7)]), ACTS)
        assert total(found, "done", -1) == 1
        assert total(found, "done", -1, "reports") == 47

    @pytest.mark.parametrize(
        "other",
        [
            cell("180", "done", -1),
            cell("190", "done", 1),
            cell("190", "said", -1),
            cell("190", "done", -1, date=date(2018, 3, 2)),
            cell("190", "done", -1, source="CHN"),
            cell("190", "done", -1, target="KOR"),
        ],
        ids=["root", "valence", "channel", "day", "source", "target"],
    )
    def test_another_kind_is_another_act(self, other: dict[str, Any]) -> None:
        found = counted(cells([cell("190", "done", -1), other]), ACTS)
        own = [row for row in as_rows(found).elements() if row[4] in {"said", "signed", "done"}]
        assert len(own) == 2

    def test_actors_of_one_state_share_its_act(self) -> None:
        rows = [cell("190", "done", -1, government=g) for g in (True, False, None)]
        found = counted(cells(rows), ACTS)
        assert total(found, "done", -1) == 1
        assert total(found, "done", -1, "reports") == 3

    def test_reports_and_codes_instead(self) -> None:
        given_cells = cells(
            [cell("190", "done", -1, 40), cell("193", "done", -1, 7), cell("036", "said", 1, 3)]
        )
        for count, done, said in (("acts", 1, 1), ("codes", 2, 1), ("reports", 47, 3)):
            found = counted(given_cells, Choices(count=count))
            assert (total(found, "done", -1), total(found, "said", 1)) == (done, said)
            assert (total(found, "material", -1), total(found, "verbal", 1)) == (done, said)
            assert total(found, "done", -1, "reports") == 47

    def test_an_overridden_valence_still_makes_one_act_a_day(self) -> None:
        # 012 is -1 and 013 is +1 by default; both are root 01, and here both are -1 and said.
        rows = [cell("012", "said", -1), cell("013", "said", -1)]
        assert total(counted(cells(rows), ACTS), "said", -1) == 1

    @pytest.mark.parametrize("precision", ["month", "year"])
    def test_what_has_no_day_counts_as_reported(self, precision: str) -> None:
        rows = [
            cell("190", "done", -1, 5, date=date(2018, 1, 1), precision=precision),
            cell("190", "done", -1, 5, date=date(2018, 1, 1)),
        ]
        for count in ("acts", "codes"):
            found = counted(cells(rows), Choices(count=count))
            assert total(found, "done", -1) == 6
            assert sorted(row[3] for row in as_rows(found)) == sorted(["day", precision] * 2)


class TestChosen:
    def test_not_known_is_no_government(self) -> None:
        rows = [
            cell("190", "done", -1, date=date(2018, 3, day), government=government)
            for day, government in ((1, True), (2, False), (3, None))
        ]
        found = counted(cells(rows), Choices(actors="government"))
        assert [row[2] for row in as_rows(found) if row[4] == "done"] == ["2018-03-01"]
        assert total(counted(cells(rows), ACTS), "done", -1) == 3

    def test_a_code_takes_its_sub_codes_with_it(self) -> None:
        rows = [
            cell(code, "done", -1, date=date(2018, 3, day))
            for day, code in enumerate(("17", "171", "1711", "173", "018", "190"), 1)
        ]
        rows.append(cell(None, "material", -1, 9, date=date(2018, 1, 1), precision="year"))

        def left(*without: str) -> int:
            return total(counted(cells(rows), Choices(without=without)), "done", -1)

        assert left() == 6
        assert left("173") == 5
        assert left("171") == 4
        assert left("17") == 2
        assert left("17", "190") == 1
        found = counted(cells(rows), Choices(without=("17",)))
        assert total(found, "material", -1) == 11  # 9 published, which have no code, 018 and 190

    def test_nothing_left_is_an_empty_table_with_the_columns(self) -> None:
        found = counted(cells([cell("173", "done", -1)]), Choices(without=("173",)))
        assert len(found) == 0
        assert found.columns == list(COUNTED_COLUMNS)


SIDES = [
    # cell, then its side and sign under icews (and the default), gdelt and plover
    (cell("010", "said", 0), ("verbal", 1), ("verbal", 1), None),
    (cell("012", "said", -1), ("verbal", 1), ("verbal", 1), None),
    (cell("020", "said", 1), ("verbal", 1), ("verbal", 1), None),
    (cell("036", "said", 1), ("verbal", 1), ("verbal", 1), ("verbal", 1)),
    (cell("040", "signed", 1), ("verbal", 1), ("verbal", 1), ("verbal", 1)),
    (cell("070", "done", 1), ("material", 1), ("material", 1), ("material", 1)),
    (cell("090", "said", -1), ("verbal", -1), ("material", 1), ("verbal", -1)),
    (cell("100", "said", -1), ("verbal", -1), ("verbal", -1), ("verbal", -1)),
    (cell("130", "said", -1), ("verbal", -1), ("verbal", -1), ("verbal", -1)),
    (cell("140", "done", -1), ("material", -1), ("verbal", -1), ("material", -1)),
    (cell("161", "signed", -1), ("material", -1), ("material", -1), ("material", -1)),
    (cell("190", "done", -1), ("material", -1), ("material", -1), ("material", -1)),
    (cell("V+", "signed", 1), None, None, None),
    (cell("V-", "signed", -1), None, None, None),
    (cell("V0", "signed", 0), None, None, None),
    (cell("129", "signed", -1), ("verbal", -1), ("verbal", -1), ("verbal", -1)),
    # A veto that spared its target: the act's own valence stands, in the side as well.
    (cell("129", "signed", 1), ("verbal", 1), ("verbal", 1), ("verbal", 1)),
    # A threat that was carried out, coded as 130: its own channel stands.
    (cell("130", "done", -1), ("material", -1), ("material", -1), ("material", -1)),
]


class TestSides:
    @pytest.mark.parametrize(
        ("row", "icews", "gdelt", "plover"), SIDES, ids=[f"{r[0]['code']}" for r in SIDES]
    )
    def test_by_reading(
        self,
        row: dict[str, Any],
        icews: tuple[str, int] | None,
        gdelt: tuple[str, int] | None,
        plover: tuple[str, int] | None,
    ) -> None:
        sides = {"said-done": icews, "icews": icews, "gdelt": gdelt, "plover": plover}
        for reading, side in sides.items():
            expected = {(row["channel"], row["valence"]): 1} | ({side: 1} if side else {})
            assert kinds(counted(cells([row]), Choices(reading=reading))) == expected

    def test_published_counts_pass_through(self) -> None:
        year = {"date": date(2010, 1, 1), "precision": "year", "government": None}
        rows = [
            cell(None, channel, valence, reports, **year)
            for channel, valence, reports in (
                ("verbal", 1, 900),
                ("verbal", -1, 40),
                ("material", 1, 30),
                ("material", -1, 12),
            )
        ]
        for reading in ("said-done", "icews", "gdelt", "plover"):
            found = counted(cells(rows), Choices(reading=reading))
            assert kinds(found) == {(r["channel"], r["valence"]): r["reports"] for r in rows}


class TestSums:
    def test_of_pairs(self) -> None:
        rows = [
            cell("036", "said", 1, 2),
            cell("110", "said", -1),
            cell("130", "said", -1),
            cell("010", "said", 0, 4),
            cell("036", "said", 1, source="CHN"),
        ]
        table = by_pair(counted(cells(rows), ACTS)).sort("source", "channel")
        said = table.filter(source="RUS", channel="said").row(0, named=True)
        assert said == {
            "source": "RUS",
            "target": "PRK",
            "channel": "said",
            "cooperative": 1,
            "conflictual": 2,
            "neutral": 1,
            "acts": 4,
            "reports": 8,
        }
        assert table.filter(channel="said")["source"].to_list() == ["CHN", "RUS"]

    @pytest.mark.parametrize(
        ("period", "starts"),
        [
            ("day", ["2018-02-01", "2018-02-04", "2018-03-31", "2018-04-01"]),
            ("month", ["2018-02-01", "2018-03-01", "2018-04-01"]),
            ("quarter", ["2018-01-01", "2018-04-01"]),
            ("year", ["2018-01-01"]),
        ],
    )
    def test_of_periods(self, period: str, starts: list[str]) -> None:
        when = (date(2018, 2, 1), date(2018, 2, 4), date(2018, 3, 31), date(2018, 4, 1))
        rows = [cell("190", "done", -1, date=day) for day in when]
        found = by_period(counted(cells(rows), ACTS), period).filter(channel="done")
        assert sorted(str(day) for day in found["period"]) == starts
        assert found["conflictual"].sum() == 4


ROWS = st.lists(
    st.builds(
        cell,
        st.sampled_from(["010", "013", "036", "040", "129", "V+", "163", "173", "190", None]),
        st.sampled_from(["said", "signed", "done", "verbal"]),
        st.sampled_from([1, 0, -1]),
        st.integers(1, 5),
        date=st.sampled_from([date(2018, 1, 1), date(2018, 1, 2)]),
        precision=st.sampled_from(["day", "month"]),
        government=st.sampled_from([True, False, None]),
        source=st.sampled_from(["RUS", "CHN"]),
    ),
    max_size=12,
)
CHOICES = st.builds(
    Choices,
    reading=st.sampled_from(["said-done", "gdelt", "plover"]),
    count=st.sampled_from(["acts", "reports", "codes"]),
    actors=st.sampled_from(["government", "all"]),
    without=st.sampled_from([(), ("173",), ("17", "04")]),
)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(ROWS, CHOICES, st.randoms(use_true_random=False))
def test_the_order_of_cells_never_matters(
    rows: list[dict[str, Any]], choices: Choices, random: Any
) -> None:
    turned = random.sample(rows, len(rows))
    assert as_rows(counted(cells(rows), choices)) == as_rows(counted(cells(turned), choices))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(ROWS, ROWS, CHOICES)
def test_cells_in_parts_count_as_one(
    some: list[dict[str, Any]], others: list[dict[str, Any]], choices: Choices
) -> None:
    whole = as_rows(counted(merge(cells(some + others)), choices))
    parts = pl.concat([merge(cells(some)), merge(cells(others))])
    assert as_rows(counted(merge(parts), choices)) == whole
    assert as_rows(counted(parts, choices)) == whole


@settings(derandomize=True, max_examples=40, deadline=None)
@given(ROWS, CHOICES)
def test_no_report_is_lost(rows: list[dict[str, Any]], choices: Choices) -> None:
    frame = cells(rows)
    found = counted(frame, choices)
    kept = frame
    if choices.actors == "government":
        kept = kept.filter(pl.col("government").fill_null(False))
    for code in choices.without:
        kept = kept.filter(~pl.col("code").fill_null("").str.starts_with(code))
    own = found.filter(~pl.col("channel").is_in(["verbal", "material"]))
    published = kept.filter(pl.col("channel") == "verbal")
    assert own["reports"].sum() == kept["reports"].sum() - published["reports"].sum()
    assert (found["acts"] <= found["reports"]).all()
    assert (found["acts"] >= 1).all()


def of_engine(frame: pl.DataFrame, engine: str) -> Any:
    """The same table on another engine; pyarrow has two types of text."""
    pytest.importorskip(engine.split(maxsplit=1)[0])
    if engine == "pandas":
        return frame.to_pandas()
    table = frame.to_arrow()
    if engine == "pyarrow string":
        import pyarrow as pa

        text = [
            field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
            for field in table.schema
        ]
        table = table.cast(pa.schema(text))
    return table


@pytest.mark.parametrize("engine", ["pandas", "pyarrow string", "pyarrow large_string"])
@pytest.mark.parametrize(
    "choices",
    [ACTS, Choices(reading="plover", count="codes"), Choices(actors="government", without=("17",))],
    ids=["acts", "codes", "government"],
)
@pytest.mark.parametrize("known", [True, False], ids=["roles", "no roles"])
def test_other_engines_count_the_same(engine: str, choices: Choices, known: bool) -> None:
    changes: dict[str, Any] = {} if known else {"government": None}
    rows = [row[0] | changes for row in SIDES]
    rows += [cell("173", "done", -1, **changes), cell("040", "signed", 1, 3, **changes)]
    if not known:
        rows.append(cell(None, "verbal", 1, 9, government=None, precision="year"))
    frame = cells(rows)
    found = counted(of_engine(frame, engine), choices)
    assert type(found).__module__.split(".")[0] == engine.split(maxsplit=1)[0]
    assert as_rows(found) == as_rows(counted(frame, choices))
    pairs = nw.from_native(by_pair(found)).sort("source", "channel").rows()
    expected = by_pair(counted(frame, choices)).sort("source", "channel").rows()
    assert [tuple(row) for row in pairs] == expected
