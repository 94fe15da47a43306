"""The atlas: its pages are the answers that ask and series give, only made together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import saidanddone as sd
from saidanddone import actors, dossier
from saidanddone.archive import Archive
from saidanddone.dossier import TIMELINE_COLUMNS, Atlas, TopicShare
from saidanddone.dossier.page import PLANE_COLUMNS, VOLUME_COLUMNS
from saidanddone.errors import BadChoice, SameActor, UnknownActor
from saidanddone.faces.questions import open_store

from .. import worlds


@pytest.fixture(scope="module")
def atlas(census_archive: Path) -> Atlas:
    return Atlas.open(Archive.open(census_archive))


@pytest.fixture(scope="module")
def case() -> Atlas:
    return Atlas.open(open_store(None))


def ids(names: tuple[str, str]) -> tuple[str, str]:
    return actors.resolve(names[0]).id, actors.resolve(names[1]).id


@pytest.mark.parametrize("names", [worlds.DECIDED, worlds.UNDECIDED, worlds.SILENT])
def test_page_gives_the_answer_of_ask(
    atlas: Atlas, census_archive: Path, names: tuple[str, str]
) -> None:
    page = atlas.page(*ids(names))
    alone = sd.ask(*names, archive=census_archive)
    assert page.dossier.to_dict() == alone.to_dict()
    for own, other in zip(page.dossier.outcomes, alone.outcomes, strict=True):
        assert (own.choices, own.varied, own.direction) == (
            other.choices, other.varied, other.direction,
        )  # fmt: skip
        assert own.estimate == pytest.approx(other.estimate, abs=1e-6)


def test_page_gives_the_series(atlas: Atlas, question_of: Any, census_archive: Path) -> None:
    page = atlas.page(*ids(worlds.DECIDED))
    question = question_of(census_archive, *worlds.DECIDED)
    alone = dossier.series(Archive.open(census_archive), question)
    assert page.series.to_dict() == alone.to_dict()


def test_page_of_a_selection(case: Atlas) -> None:
    page = case.page("RUS", "PRK")
    assert page.dossier.to_dict() == sd.ask("Russia", "North Korea").to_dict()
    assert page.plane is None
    assert page.volume["per_10000"].null_count() == page.volume.height
    assert not page.volume["missing"].any()
    assert page.timeline.height == page.dossier.selection.acts + (
        ~page.timeline["counted"]
    ).sum()  # fmt: skip


def test_page_of_yearly_counts(counts_archive: Path) -> None:
    atlas = Atlas.open(Archive.open(counts_archive))
    page = atlas.page(*ids(("Austria", "Chile")))
    assert set(page.timeline["channel"]) == {"verbal", "material"}
    assert page.timeline["code"].null_count() == page.timeline.height
    assert page.topics == ()
    assert page.series.by == "year"


def test_tables_have_their_columns(atlas: Atlas) -> None:
    page = atlas.page(*ids(worlds.DECIDED))
    assert page.timeline.columns == [column.name for column in TIMELINE_COLUMNS]
    assert page.volume.columns == [column.name for column in VOLUME_COLUMNS]
    assert page.plane is not None
    assert page.plane.columns == [column.name for column in PLANE_COLUMNS]


def test_volume_is_that_of_the_dataset(atlas: Atlas) -> None:
    page = atlas.page(*ids(worlds.DECIDED))
    table = page.volume
    assert table["acts"].sum() == sum(
        found.cooperative + found.conflictual + found.neutral
        for name in ("said", "signed", "done")
        if (found := page.dossier.channels[name])
    )
    rate = table["acts"] / table["all_acts"] * 10_000
    assert np.allclose(rate.fill_nan(None).drop_nulls(), table["per_10000"].drop_nulls())
    assert table["all_acts"].sum() == atlas.pairs()["acts"].sum()


def test_timeline_tells_each_act_once_with_its_weight(atlas: Atlas) -> None:
    page = atlas.page(*ids(worlds.DECIDED))
    counted = page.timeline.filter("counted")
    assert counted.height == page.volume["acts"].sum()
    assert page.timeline["key"].n_unique() == page.timeline.height
    weights = {(i.date, i.channel, i.valence): i.weight for i in page.dossier.evidence}
    weighed = page.timeline.drop_nulls("weight")
    assert weighed.height >= len(weights)
    for row in weighed.iter_rows(named=True):
        assert row["weight"] == weights[row["date"], row["channel"], row["valence"]]


def test_pairs_are_measured_as_pages_are(atlas: Atlas) -> None:
    source, target = ids(worlds.DECIDED)
    (row,) = atlas.pairs().filter(source=source, target=target).iter_rows(named=True)
    page = atlas.page(source, target)
    assert page.dossier.gap is not None
    assert row["gap"] == pytest.approx(page.dossier.gap.estimate, abs=1e-6)
    assert row["se"] == pytest.approx(page.dossier.gap.se, abs=1e-6)
    assert row["words_n"] == page.dossier.channels["said"].n
    assert page.plane is not None
    (point,) = page.plane.filter(source=source, target=target).iter_rows(named=True)
    assert point["words"] == pytest.approx(page.dossier.channels["said"].warmth, abs=1e-6)
    assert point["deeds"] == pytest.approx(page.dossier.channels["done"].warmth, abs=1e-6)


def test_ranking_is_that_of_rank(atlas: Atlas, census_archive: Path) -> None:
    alone = sd.rank(archive=census_archive, top=5)
    assert [row.to_dict() for row in atlas.ranking(top=5)] == [row.to_dict() for row in alone]
    with pytest.raises(BadChoice):
        atlas.ranking(corner="hypocrite")


def test_predecessor_is_read_as_its_successor(atlas: Atlas) -> None:
    soviet, russian = atlas.page("SUN", "CHN"), atlas.page("RUS", "CHN")
    assert soviet.dossier.source.id == "RUS"
    assert soviet.timeline.equals(russian.timeline)
    with pytest.raises(SameActor):
        atlas.page("SUN", "RUS")
    with pytest.raises(UnknownActor):
        atlas.page("NARNIA", "RUS")


def test_topics_count_the_acts_of_all_pairs(atlas: Atlas) -> None:
    signs = ("cooperative", "conflictual", "neutral")
    for topic in atlas.topics():
        assert topic.acts == sum(topic.pairs[name].sum() for name in signs) > 0
        assert set(topic.latest["topic"]) <= {topic.topic}
    page = atlas.page(*ids(worlds.DECIDED))
    assert sum(map(_acts, page.topics)) == page.volume["acts"].sum()
    with pytest.raises(BadChoice, match="astrology"):
        atlas.topic("astrology")


def _acts(share: TopicShare) -> int:
    return share.cooperative + share.conflictual + share.neutral


def test_latest_are_the_latest(atlas: Atlas) -> None:
    latest = atlas.latest(30)
    assert latest.height == 30
    assert latest["day"].is_sorted(descending=True)
    assert latest["day"][0] == atlas.updated


def test_related_pairs(atlas: Atlas) -> None:
    source, target = ids(worlds.DECIDED)
    found = atlas.page(source, target).related
    assert (found[0].source.id, found[0].target.id) == (target, source)
    assert all(r.source.id == source or r.target.id == target for r in found[1:])
    assert (source, target) not in {(r.source.id, r.target.id) for r in found}


def test_matrix_of_the_busiest(atlas: Atlas) -> None:
    found = atlas.matrix(6)
    assert len(found.ids) == len(set(found.ids)) == len(found.names) == 6
    assert set(found.cells["source"]) <= set(found.ids)
    whole = atlas.matrix(10_000)
    assert whole.cells.height == atlas.pairs().height


def test_movers_of_two_years(atlas: Atlas) -> None:
    found = atlas.movers(5)
    assert found is not None
    assert found.before.until == date(1991, 12, 31)
    assert found.after.since == date(1992, 1, 1)


def test_updated_and_generation(atlas: Atlas, census_archive: Path) -> None:
    assert atlas.updated == Archive.open(census_archive).coverage("census").last
    assert atlas.generation == atlas.norms_of == Archive.open(census_archive).generation("census")
    assert atlas.drift() == 0.0


def test_norms_of_another_day(
    copied: Callable[[Path], Path], census_archive: Path, census_tables: dict[str, Path],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = copied(census_archive)
    before = Atlas.open(Archive.open(path))
    untouched, changed = ids(worlds.DECIDED), ids(worlds.UNDECIDED)
    pages = {pair: before.page(*pair) for pair in (untouched, changed)}
    prints = before.prints()
    table = tmp_path / "new.csv"
    header = census_tables["on_time"].read_text().splitlines()[0]
    report = worlds.Report("1992-06-01", *worlds.UNDECIDED, "190", "fought")
    worlds.write_table(table, [report], 10_000_000)
    assert table.read_text().splitlines()[0] == header
    sd.ingest("table", [table], path, mapping=census_tables["mapping"])

    kept = Atlas.open(Archive.open(path), norms_of=before.generation)
    assert kept.norms_of == before.generation != kept.generation
    assert 0 < kept.drift() < 0.1
    old, new = ({(s, t): p for s, t, p in table.iter_rows()} for table in (prints, kept.prints()))
    assert [pair for pair in new if new[pair] != old.get(pair)] == [changed]
    assert kept.page(*untouched).dossier.gap == pages[untouched].dossier.gap
    assert kept.page(*changed).dossier.gap != pages[changed].dossier.gap

    fresh = Atlas.open(Archive.open(path))
    assert fresh.norms_of == fresh.generation
    assert fresh.page(*untouched).dossier.gap != pages[untouched].dossier.gap
    assert Atlas.open(Archive.open(path), norms_of="nothing kept").norms_of == fresh.generation


def test_pages_of_organizations(case: Atlas) -> None:
    page = case.page("PRK", actors.resolve("United Nations").id)
    assert page.dossier.target.kind == "organization"


def test_refuses_what_the_store_lacks(census_archive: Path) -> None:
    with pytest.raises(BadChoice, match="no dataset"):
        Atlas.open(Archive.open(census_archive), dataset="other")


def test_empty_window(census_archive: Path) -> None:
    atlas = Atlas.open(Archive.open(census_archive), since="1950", until="1951")
    assert atlas.updated is None
    assert atlas.pairs().is_empty()
    assert atlas.ranking() == []
    assert atlas.topics() == ()
    assert atlas.latest().is_empty()
    page = atlas.page(*ids(worlds.DECIDED))
    assert page.timeline.is_empty()
    assert isinstance(page.volume, pl.DataFrame)
