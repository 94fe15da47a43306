"""A census: norms, robustness, and verdicts that are taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import saidanddone as sd
from saidanddone.dossier import census
from saidanddone.dossier.pair import PairEvidence
from saidanddone.measure.comparison import Comparison

from .. import worlds


def test_robustness_agrees_with_the_outcomes(decided: Any, undecided: Any) -> None:
    for answer in (decided, undecided):
        table, first = answer.robustness, answer.outcomes[0]
        assert table.specifications == len(answer.outcomes) == 11
        assert (first.varied, first.estimate) == ("as asked", pytest.approx(answer.gap.estimate))
        assert first.direction == answer.verdict.direction
        same = [o for o in answer.outcomes if o.estimate * answer.gap.estimate > 0]
        assert table.same_direction == len(same)
        assert table.decided == sum(o.direction is not None for o in answer.outcomes)
        farthest = max(answer.outcomes, key=lambda o: abs(o.estimate - answer.gap.estimate))
        assert table.most_sensitive_to == farthest.varied
    assert {o.varied for o in decided.outcomes} == {
        "as asked", "against: plain", "against: peers", "against: self", "reading: icews",
        "reading: gdelt", "reading: plover", "count: reports", "count: codes", "actors: all",
        "without arrests",
    }  # fmt: skip


def test_an_outcome_is_what_asking_so_would_answer(decided: Any, census_archive: Path) -> None:
    outcomes = {o.varied: o for o in decided.outcomes}
    for varied, choices in (
        ("against: self", {"against": "self"}),
        ("count: reports", {"count": "reports"}),
        ("without arrests", {"without": ["173"]}),
    ):
        answer = sd.ask(*worlds.DECIDED, archive=census_archive, **choices)
        assert outcomes[varied].estimate == pytest.approx(answer.gap.estimate, abs=1e-9)
        assert outcomes[varied].direction == answer.verdict.direction


def test_with_arrests_left_out_the_other_choice_is_to_count_them(census_archive: Path) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, without=["173"])
    assert answer.outcomes[-1].varied == "with arrests"


def test_norms_change_the_answer(decided: Any, census_archive: Path) -> None:
    plain = sd.ask(*worlds.DECIDED, archive=census_archive, against="plain")
    own = sd.ask(*worlds.DECIDED, archive=census_archive, against="self")
    assert plain.norm["said"].beta == 0 != decided.norm["said"].beta
    assert own.norm["said"].alpha != decided.norm["said"].alpha
    assert own.norm["said"].beta == decided.norm["said"].beta
    assert own.norm["said"].pairs < decided.norm["said"].pairs
    gaps = {round(a.gap.estimate, 6) for a in (decided, plain, own)}
    assert len(gaps) == 3


def test_signed_has_a_rate_and_no_warmth(decided: Any) -> None:
    signed = decided.channels["signed"]
    assert signed.warmth is signed.expected is decided.norm["signed"] is None
    assert "are conflictual; a share needs 5%" in signed.why_null
    assert signed.rate_per_month > 0
    assert signed.expected_rate > 0


def test_a_verdict_that_the_volume_term_reverses_is_not_decided(
    decided: Any, census_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = PairEvidence.compare

    def turned(self: PairEvidence, choices: Any, fits: Any) -> Comparison | None:
        found = compare(self, choices, fits)
        if choices.against == "plain" and found is not None:
            return Comparison(found.deeds, found.words, found.slope)
        return found

    monkeypatch.setattr(PairEvidence, "compare", turned)
    answer = sd.ask(*worlds.DECIDED, archive=census_archive)
    assert answer.gap == decided.gap
    assert answer.verdict.direction is None
    assert answer.verdict.corner is None
    assert census.VOLUME_REVERSES in answer.verdict.sentence
    assert answer.outcomes[0].direction is None
    assert sd.ask(*worlds.DECIDED, archive=census_archive, against="self").verdict.decided


def test_too_few_pairs_give_no_norm(tmp_path: Path) -> None:
    few = [
        worlds.Report(f"1991-01-{day:02}", source, target, code, "an act")
        for day, code in enumerate(("112", "051", "190", "070"), start=1)
        for source, target in (("Russia", "Japan"), ("Japan", "Russia"))
    ]
    table = worlds.write_table(tmp_path / "few.csv", few)
    mapping = tmp_path / "few.toml"
    mapping.write_text(worlds.MAPPING)
    sd.ingest("table", [table], tmp_path / "archive", mapping=mapping)
    answer = sd.ask("Soviet Union", "Japan", archive=tmp_path / "archive")
    assert answer.gap is answer.corners is None
    assert answer.verdict.decided is False
    assert "a norm needs 200" in answer.channels["said"].why_null
    if answer.channels["said"].n:
        assert "nothing is decided: no norm for 'said': only" in answer.verdict.sentence
    assert sd.rank(tmp_path / "archive") == []


def test_data_too_short_for_blocks_never_decide(
    counts_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = sd.rank(counts_archive, top=1)[0]
    short = sd.ask(top.source.id, top.target.id, archive=counts_archive, since="2002", until="2005")
    assert short.verdict.decided is False
    assert census.NO_BLOCKS in short.verdict.sentence
    assert short.channels["verbal"].dispersion is None
    rows = sd.rank(counts_archive, since="2002", until="2005", top=5)
    assert {row.direction for row in rows} == {None}


def test_findings_of_nothing_have_no_days() -> None:
    assert census.no_days().is_empty()


def test_the_posterior_is_that_of_the_printed_norm(decided: Any) -> None:
    """Warmth by quadrature over the norm that stands in the JSON."""
    import numpy as np
    from scipy.integrate import quad

    channel, norm = decided.channels["done"], decided.norm["done"]
    mu = norm.alpha + norm.beta * (np.log(channel.n) - norm.mean_log_n)
    assert channel.expected == pytest.approx(1 / (1 + np.exp(-mu)))
    k, n = channel.cooperative / channel.dispersion, channel.n / channel.dispersion

    def density(z: float) -> float:
        theta = mu + z
        return float(
            np.exp(k * theta - n * np.logaddexp(0, theta) - 0.5 * (z / norm.tau) ** 2 + 40)
        )

    whole = quad(density, -12, 12, points=[channel.warmth], limit=200)[0]
    mean = quad(lambda z: z * density(z), -12, 12, points=[channel.warmth], limit=200)[0] / whole
    assert channel.warmth == pytest.approx(mean, abs=1e-6)


def test_answers_are_frozen(decided: Any) -> None:
    with pytest.raises(AttributeError):
        decided.gap = None
    assert replace(decided, gap=None).gap is None


def test_no_acts_agree_with_nothing(silent: Any) -> None:
    assert {outcome.estimate for outcome in silent.outcomes} == {0.0}
    assert silent.robustness.most_sensitive_to is None
    assert (silent.robustness.same_direction, silent.robustness.decided) == (0, 0)
