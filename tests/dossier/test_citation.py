"""BibTeX that a paper can take, and a methods paragraph that says what was done."""

from __future__ import annotations

import re
from typing import Any

import pytest

import saidanddone as sd
from saidanddone import dossier

from .. import worlds


def keys(bibtex: str) -> list[str]:
    return re.findall(r"^@\w+\{([^,]+),$", bibtex, flags=re.MULTILINE)


def test_the_entries_are_those_of_what_was_done(every: list[Any]) -> None:
    for answer in every:
        found = keys(answer.cite())
        assert found[:2] == [re.sub(r"[^A-Za-z0-9-]+", "-", answer.dataset[0]), "saidanddone"]
        assert ("PinheiroBates1995" in found) == (answer.gap is not None)
        assert ("Newcombe1998" in found) == (answer.selection is not None)
        assert len(set(found)) == len(found)


def test_braces_balance_and_nothing_is_left_unescaped(every: list[Any]) -> None:
    for answer in every:
        text = answer.cite()
        assert text.count("{") == text.count("}")
        assert re.search(r"(?<!\\)[&%$#]", text) is None
        assert "{}" not in text


def test_the_dataset_is_named_with_its_days_and_content(decided: Any) -> None:
    entry = decided.cite().split("\n\n")[0]
    assert "{A generated census}" in entry
    assert "Drawn by tests/worlds.py. Days used: 1991-01-01 to 1992-12-31." in entry
    assert decided.content[:16] in entry


def test_the_paragraph_has_the_answer_s_own_numbers(decided: Any) -> None:
    text = dossier.methods(decided, sd.__version__)
    said, done = decided.channels["said"], decided.channels["done"]
    for part in (
        f"n = {said.n:,}, {said.share:.0%} cooperative",
        f"n = {done.n:,}, {done.share:.0%} cooperative",
        f"{decided.gap.estimate:+.2f}",
        f"{decided.norm['said'].pairs:,} pairs",
        f"{decided.channels['said'].dispersion:.2f} for words",
        f"Said & Done {sd.__version__}",
        f"Of {decided.robustness.specifications} sets",
        "acts of governments only",
        "deeds were warmer than words",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"against": "peers"}, "the pair itself left out"),
        ({"against": "self"}, "toward its other targets"),
        ({"count": "reports"}, "Every report was counted"),
        ({"without": ["173"]}, "the codes 173 were left out"),
        ({"actors": "all"}, "acts of all actors"),
        ({"dispersion": "none"}, "counting errors only"),
        ({"reading": "icews"}, "the channel 'verbal'"),
    ],
)
def test_the_paragraph_follows_the_choices(
    census_archive: Any, choices: dict[str, Any], says: str
) -> None:
    answer = sd.ask(*worlds.DECIDED, archive=census_archive, **choices)
    assert says in answer.methods()
    assert ("Kuensch1989" in answer.cite()) == (choices.get("dispersion") != "none")


def test_what_was_not_measured_is_not_claimed(silent: Any, selection: Any, yearly: Any) -> None:
    assert "n = 0" in silent.methods()
    assert "no norm was fitted and nothing was decided" in selection.methods()
    assert "published yearly counts were used as they are" in yearly.methods()
    assert all("nan" not in answer.methods().lower() for answer in (silent, selection, yearly))
