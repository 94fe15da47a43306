import pytest

from saidanddone.measure.choices import ALLOWED, Choices
from saidanddone.measure.robustness import Outcome, alternatives, summarise, varied

BASE = Choices()


def test_each_choice_is_changed_once() -> None:
    found = alternatives(BASE, roles=True, codes=True)
    assert found[0] == BASE
    axes = ("against", "reading", "count", "actors")
    expected = sum(len(ALLOWED[axis]) - 1 for axis in axes) + 1
    assert len(set(found)) == len(found) == 1 + expected
    for other in found[1:]:
        assert "," not in BASE.differing(other)
        assert BASE.differing(other) in (*axes, "without")
        assert other.dispersion == BASE.dispersion


def test_what_the_dataset_cannot_tell_is_not_varied() -> None:
    without_roles = alternatives(BASE, roles=False, codes=True)
    assert all(other.actors == BASE.actors for other in without_roles)
    published = alternatives(BASE, roles=False, codes=False)
    assert {BASE.differing(other) for other in published[1:]} == {"against"}


@pytest.mark.parametrize(
    ("without", "turned", "words"),
    [
        ((), ("173",), "without arrests"),
        (("173",), (), "with arrests"),
        (("190",), ("190", "173"), "without arrests"),
        (("190", "173"), ("190",), "with arrests"),
    ],
)
def test_arrests_are_turned_in_or_out(
    without: tuple[str, ...], turned: tuple[str, ...], words: str
) -> None:
    base = Choices(without=without)
    other = alternatives(base, roles=False, codes=True)[-1]
    assert other.without == turned
    assert varied(base, other) == words


def test_arrests_left_out_with_their_root_are_not_left_out_again() -> None:
    # 17 takes 173 with it: leaving 173 out as well is the baseline under another name.
    base = Choices(without=("17",))
    others = alternatives(base, roles=False, codes=True)[1:]
    assert all(other.without != ("17", "173") for other in others)


def test_variations_are_named() -> None:
    assert varied(BASE, BASE) == "as asked"
    assert varied(BASE, BASE.but(against="plain")) == "against: plain"
    assert varied(BASE, BASE.but(count="reports")) == "count: reports"


def outcome(estimate: float | None, direction: str | None = None, name: str = "x") -> Outcome:
    return Outcome(BASE, name, estimate, direction)


def test_outcomes_are_summed_up() -> None:
    found = summarise(
        [
            outcome(1.0, "warmer", "as asked"),
            outcome(0.4, None, "reading: gdelt"),
            outcome(-0.2, None, "against: self"),
            outcome(None, None, "actors: government"),
            outcome(1.3, "warmer", "count: codes"),
        ]
    )
    assert (found.specifications, found.same_direction, found.decided) == (5, 3, 2)
    assert found.most_sensitive_to == "against: self"


def test_a_baseline_without_estimate_has_no_sign_and_moves_nothing() -> None:
    found = summarise([outcome(None), outcome(0.7, "warmer")])
    assert (found.specifications, found.same_direction, found.decided) == (2, 0, 1)
    assert found.most_sensitive_to is None


def test_outcomes_all_alike_are_sensitive_to_nothing() -> None:
    assert summarise([outcome(0.5), outcome(0.5)]).most_sensitive_to is None
    assert summarise([outcome(0.5)]).specifications == 1
