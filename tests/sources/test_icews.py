from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saidanddone.errors import BadFile
from saidanddone.sources import open_source
from saidanddone.sources.icews import IcewsSource
from saidanddone.sources.source import SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN

SAMPLE = "icews/events.2018.sample.tab"


@pytest.fixture(scope="module")
def sample(genuine: Any, whole: Any) -> Any:
    return whole(IcewsSource(), genuine(SAMPLE))


def test_the_genuine_sample_balances(sample: Any) -> None:
    assert sample.rows == 3_705
    assert sample.aside.height == 0
    assert set(sample.filtered) == {SAME_STATE, SOURCE_UNKNOWN, TARGET_UNKNOWN}
    assert sample.kept == sample.acts.height > 1_900


def test_the_genuine_sample_keeps_codes_names_and_places_to_look_up(sample: Any) -> None:
    act = sample.acts.row(0, named=True)
    assert act["line"] == 2
    assert (act["source"], act["target"], act["code"]) == ("BGD", "VNM", "040")
    assert (act["channel"], act["valence"], act["government"]) == ("signed", 1, True)
    assert act["source_name"] == "Foreign Affairs (Bangladesh)"
    assert act["reference"] == (
        "ICEWS event 32889836, story 47400351, sentence 2, Vietnam News Agency Bulletin"
    )
    assert sample.acts["code"].str.len_chars().min() == 3


def test_organisations_are_known_by_their_names(sample: Any) -> None:
    european = sample.acts.filter(source_name="European Union")
    assert european["source"].unique().to_list() == ["EU"]
    assert european["government"].all()


def test_packing_and_batches_change_nothing(
    genuine: Any, whole: Any, sample: Any, tmp_path: Path
) -> None:
    packed = tmp_path / "events.2018.tab.gz"
    packed.write_bytes(gzip.compress(genuine(SAMPLE).read_bytes()))
    again = whole(IcewsSource(batch_rows=500), packed)
    assert again.batches > 5
    assert again.acts.equals(sample.acts)
    assert again.filtered == sample.filtered


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"date": "2018-02-30"}, "the date '2018-02-30' does not exist"),
        ({"date": "June"}, "'June' is not a date"),
        ({"date": ""}, "the date is missing"),
        ({"code": "999"}, "unknown code: '999' is not a code"),
        ({"code": ""}, "the code is missing"),
        ({"code": "40"}, "a leading zero may be lost"),
        ({"code": "13"}, "a leading zero may be lost"),
        ({"code": "NA"}, "unknown code: 'NA'"),
        ({"source": ""}, "the source is missing"),
    ],
)
def test_what_cannot_be_read_is_set_aside(
    icews_file: Any, event: Any, whole: Any, changed: dict[str, str], reason: str
) -> None:
    read = whole(IcewsSource(), icews_file([event(), event(**changed)]))
    assert (read.kept, read.aside["line"].to_list(), read.filtered) == (1, [3], {})
    assert reason in read.reasons[0]
    assert "The Daily" in read.aside["content"][0]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"country": "NA", "source": "Unspecified Actor"}, SOURCE_UNKNOWN),
        ({"target_country": "NA", "target": "Disney"}, TARGET_UNKNOWN),
        ({"target_country": "India"}, SAME_STATE),
    ],
)
def test_what_is_no_act_between_two_states_is_filtered(
    icews_file: Any, event: Any, whole: Any, changed: dict[str, str], reason: str
) -> None:
    read = whole(IcewsSource(), icews_file([event(), event(**changed)]))
    assert (read.kept, read.filtered) == (1, {reason: 1})


@pytest.mark.parametrize(
    ("actor", "government"),
    [
        ({"source": "Police (India)", "sectors": "Police,Government"}, True),
        ({"source": "Citizen (India)", "sectors": "Social"}, False),
        ({"source": "India", "sectors": "NA"}, True),
        ({"source": "Somebody", "sectors": "NA"}, None),
    ],
)
def test_government_is_read_from_sectors(
    icews_file: Any, event: Any, whole: Any, actor: dict[str, str], government: bool | None
) -> None:
    read = whole(IcewsSource(), icews_file([event(**actor)]))
    assert read.acts["government"].to_list() == [government]


def test_quotes_mean_nothing(icews_file: Any, event: Any, whole: Any) -> None:
    read = whole(IcewsSource(), icews_file([event(source='The "Guard'), event()]))
    assert read.acts["source_name"].to_list() == ['The "Guard', "Police (India)"]


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.2018.tab"
    path.write_text("Event ID,Event Date,CAMEO Code\n1,2018-06-01,010\n")
    with pytest.raises(BadFile, match="lacks the columns Event ID, Event Date") as caught:
        list(IcewsSource().read(path))
    assert "separated by commas" in str(caught.value)


def test_a_truncated_file_is_refused(icews_file: Any, event: Any) -> None:
    path = icews_file([event(), event()])
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(BadFile, match="truncated: line 3"):
        list(IcewsSource().read(path))


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("events.2019.x.tab", "Events.2018.tab.zip", "readme.txt", "acts.csv"):
        (tmp_path / name).write_text("x")
    source = open_source("icews")
    found = [path.name for path in source.find(tmp_path)]
    assert found == ["Events.2018.tab.zip", "events.2019.x.tab"]
    assert source.find(tmp_path / "readme.txt") == [tmp_path / "readme.txt"]
    (tmp_path / "none").mkdir()
    with pytest.raises(BadFile, match=r"bears this dataset's names; expected files such as events"):
        source.find(tmp_path / "none")
    with pytest.raises(BadFile, match="there is no file"):
        source.find(tmp_path / "gone")


rows = st.lists(
    st.tuples(
        st.sampled_from(["India", "Pakistan", "NA", "Nowhere"]),
        st.sampled_from(["India", "Pakistan", "Japan", "NA"]),
        st.sampled_from(["010", "112", "40", "", "190"]),
        st.sampled_from(["2018-06-01", "2018-13-01", "2017-05-09"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None, max_examples=40)
@given(rows=rows, size=st.integers(1, 30), seed=st.randoms())
def test_neither_batches_nor_order_matter_and_rows_balance(
    read_events: Callable[..., Any], rows: list[tuple[Any, ...]], size: int, seed: Any
) -> None:
    once, split = read_events(rows, 1000), read_events(rows, size)
    assert once.rows == split.rows == len(rows)
    assert once.acts.equals(split.acts)
    assert once.aside.equals(split.aside)
    assert once.filtered == split.filtered
    seed.shuffle(rows)
    mixed = read_events(rows, size)
    assert (mixed.kept, mixed.filtered) == (once.kept, once.filtered)
    assert sorted(mixed.reasons) == sorted(once.reasons)
    sides = ["date", "source", "target", "code"]
    assert mixed.acts.drop("line").sort(sides).equals(once.acts.drop("line").sort(sides))


@pytest.fixture(scope="module")
def read_events(icews_file: Any, event: Any, whole: Any) -> Callable[..., Any]:
    def read(rows: list[tuple[Any, ...]], batch_rows: int) -> Any:
        lines = [
            event(country=source, target_country=target, code=code, date=date) + "\tmore" * broken
            for source, target, code, date, broken in rows
        ]
        return whole(IcewsSource(batch_rows=batch_rows), icews_file(lines))

    return read
