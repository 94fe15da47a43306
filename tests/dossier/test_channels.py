from __future__ import annotations

from typing import Any

import pytest

from saidanddone.dossier.channels import A_SELECTION, channels_of, count_channels, selected
from saidanddone.measure.icews import icews_norms


def test_a_dataset_by_year_has_words_and_deeds_only() -> None:
    assert channels_of("year") == ("verbal", "material")
    assert channels_of("day") == ("said", "signed", "done", "verbal", "material")


def test_no_acts_count_as_none() -> None:
    import polars as pl

    from saidanddone.archive import TALLY_COLUMNS
    from saidanddone.dossier.pair import counted
    from saidanddone.measure.choices import Choices

    schema = {column.name: getattr(pl, column.type)() for column in TALLY_COLUMNS}
    counts = count_channels(counted(pl.DataFrame(schema=schema), Choices()))
    assert {n for count in counts.values() for n in count.values()} == {0}


def test_a_selection_stands_beside_the_norms_of_icews(selection: Any) -> None:
    figures = icews_norms()
    assert figures
    for name, channel in selection.channels.items():
        assert channel.why_null == A_SELECTION
        assert channel.warmth is channel.dispersion is channel.rate_per_month is None
        if name in figures:
            assert channel.expected == figures[name].expected
            assert selection.norm[name].tau == figures[name].tau
        else:
            assert channel.expected is selection.norm[name] is None


def test_a_share_without_acts_is_null() -> None:
    empty = {"cooperative": 0, "conflictual": 0, "neutral": 2, "acts": 2, "reports": 2}
    channels, _ = selected("day", dict.fromkeys(channels_of("day"), empty))
    said = channels["said"]
    assert said is not None
    assert (said.n, said.share, said.neutral) == (0, None, 2)


def test_rates_are_acts_of_any_sign_a_month(decided: Any) -> None:
    said = decided.channels["said"]
    months = 731 / 30.436875
    assert said.rate_per_month == pytest.approx((said.n + said.neutral) / months)
