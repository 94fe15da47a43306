"""Who tells an act: a side's own word about what the other did to it is an accusation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")
pytest.importorskip("tokenizers", reason="the extra 'read' is not installed")


Told = Callable[..., set[str]]


@pytest.mark.parametrize(
    "sentence",
    [
        "Moscow says Ukrainian drones struck an oil depot near Bryansk.",
        "Ukrainian drones struck an oil depot near Bryansk, Moscow said.",
        "According to Moscow, Ukrainian drones struck an oil depot near Bryansk.",
    ],
)
def test_the_victims_word_is_an_accusation(told: Told, sentence: str) -> None:
    assert told(sentence) == {"RUS>UKR said -1"}


def test_a_third_sides_word_reports_the_act(told: Told) -> None:
    assert told("A Turkish newspaper says Ukrainian drones struck an oil depot in Russia.") == {
        "UKR>RUS done -1"
    }


def test_what_the_victim_grants_is_done(told: Told) -> None:
    found = told("Moscow acknowledged that Ukrainian drones had struck an oil depot near Bryansk.")
    assert "UKR>RUS done -1" in found


def test_who_is_declared_unwelcome_tells_nothing(told: Told) -> None:
    found = told("Four Russian diplomats were declared unwelcome and expelled by Slovakia.")
    assert "RUS>SVK said -1" not in found
    assert "SVK>RUS done -1" in found


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        (
            "The United States cast its veto in the Security Council against a text condemning "
            "Israel over its settlements.",
            {"USA>ISR signed +1"},
        ),
        (
            "Russia vetoed a Security Council resolution that would have imposed sanctions on "
            "Syria.",
            {"RUS>SYR signed +1"},
        ),
        (
            "Mexico voted in the UN Human Rights Council for the resolution censuring Nicaragua.",
            {"MEX>NIC signed -1"},
        ),
        ("Washington vetoed the admission of Palestine to the UN.", {"USA>PSE signed -1"}),
        ("Russia threatened to veto sanctions against Syria.", {"RUS>SYR said +1"}),
        ("France promised to vote for the resolution condemning Iran.", {"FRA>IRN said -1"}),
        ("China said it would veto any text condemning North Korea.", {"CHN>PRK said +1"}),
    ],
)  # fmt: skip
def test_votes_hit_what_they_are_about(told: Told, sentence: str, acts: set[str]) -> None:
    assert told(sentence) == acts


def test_a_noun_that_was_read_with_its_verb_is_no_second_act(told: Told) -> None:
    found = told("Britain promised to resume its aid to Malawi if the budget was published.")
    assert found == {"GBR>MWI said +1"}


def test_a_war_between_two_is_fought_by_both(told: Told) -> None:
    found = told("The war between Eritrea and Ethiopia cost some seventy thousand lives.")
    assert found == {"ERI>ETH done -1", "ETH>ERI done -1"}


def test_two_that_failed_to_sign_did_not(told: Told) -> None:
    assert told("Kenya and Somalia failed to sign the border agreement.") == set()


def test_the_american_georgia_is_nobody(told: Told) -> None:
    assert told("Georgia sued Florida, and Alabama's governor denounced Georgia.") == set()
    assert told("Georgia broke off relations with Russia.") == {"GEO>RUS signed -1"}


def test_a_tariff_on_goods_hits_whose_they_are(told: Told) -> None:
    assert told("China dropped its punitive tariffs on Australian wine.") == {"CHN>AUS done +1"}


def test_the_emirate_is_the_one_that_is_one(told: Told) -> None:
    found = told("Iraq, accused by Kuwait of drilling, demanded an apology from the emirate.")
    assert "IRQ>KWT said -1" in found


def test_a_state_protests_by_a_note(told: Told) -> None:
    found = told("Argentina protested against the abduction of the engineer by Israel.")
    assert "ARG>ISR said -1" in found
    assert "ARG>ISR done -1" not in found
