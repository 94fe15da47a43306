"""What the learned reader sees: findings stand or fall by it, and it adds what no rule found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("spacy", reason="the extra 'read' is not installed")
pytest.importorskip("onnxruntime", reason="the extra 'read' is not installed")

from saidanddone.reading import read as reading
from saidanddone.reading import seen
from saidanddone.reading.encoder import KINDS, Scene
from saidanddone.reading.events import QUADS, read_code
from saidanddone.reading.finding import LINKED, NEAREST, Finding
from saidanddone.reading.hints import HINTS, hint_of, hints, kind_of
from saidanddone.reading.page import Page, Refusal
from saidanddone.reading.pages import read_page
from saidanddone.reading.parser import BATCH, parse
from saidanddone.reading.read import Report, read_pages
from saidanddone.reading.seen import cells, confirmed, likeliest, named_by, see, supplied
from saidanddone.reading.sentence_acts import acts_in

ON = date(2015, 3, 3)
EMBARGO = Finding("163", "did", 1, "verb:own", LINKED)

rows = st.lists(st.floats(0.001, 1.0), min_size=len(KINDS), max_size=len(KINDS)).map(
    lambda values: np.array(values) / sum(values)
)


def row_of(act: float, kind: str) -> np.ndarray:
    row = np.zeros(len(KINDS))
    row[[event for event, _ in KINDS].index(kind)] = act
    row[-1] = 1.0 - act
    return row


@given(rows)
def test_cells_sum_to_the_probability_of_an_act(row: np.ndarray) -> None:
    assert sum(cells(row).values()) == pytest.approx(1.0 - row[-1])


@given(rows)
def test_what_is_supplied_is_likely_and_told_once(row: np.ndarray) -> None:
    made = list(supplied(row, (), enough=0.2))
    assert all(one.confidence >= 0.2 for one in made)
    assert len({(one.channel, one.valence) for one in made}) == len(made)
    assert all(read_code(one.cameo) == (one.channel, one.valence) for one in made)
    told = [(one.channel, one.valence) for one in made]
    assert list(supplied(row, told, enough=0.2)) == []


@given(rows)
def test_the_likeliest_is_an_event_of_the_likeliest_class(row: np.ndarray) -> None:
    found = likeliest(row, None)
    classes = {
        quad: sum(v for (e, _), v in zip(KINDS, row, strict=True) if QUADS.get(e) == quad)
        for quad in (1, 2, 3, 4)
    }
    assert classes[found.quad] == pytest.approx(max(classes.values()))
    assert QUADS[found.plover] == found.quad
    assert 0.0 < found.confidence <= 1.0 + 1e-9


def test_a_finding_stands_where_its_channel_and_sign_are_likely() -> None:
    made = confirmed(EMBARGO, row_of(0.9, "SANCTION"))
    assert made is not None and (made.cameo, made.channel, made.valence) == ("163", "done", -1)
    assert made.confidence == pytest.approx(0.9)
    assert confirmed(EMBARGO, row_of(0.9, "AID")) is None
    assert confirmed(EMBARGO, row_of(0.05, "SANCTION")) is None


@pytest.mark.parametrize("mode", ["negated", "hypothetical"])
def test_what_is_denied_the_parse_alone_says(mode: str) -> None:
    denied = Finding("163", mode, 1, "verb:own", LINKED)
    made = confirmed(denied, row_of(0.0, "SANCTION"))
    assert made is not None and (made.mode, made.confidence) == (mode, seen.BY_RULE)


def test_a_veto_keeps_its_sign() -> None:
    veto = Finding("V+", "did", 1, "vote:veto", LINKED)
    made = confirmed(veto, row_of(0.9, "SANCTION"))
    assert made is not None and (made.cameo, made.channel, made.valence) == ("V+", "signed", 1)


def test_a_neutral_statement_is_no_event() -> None:
    assert confirmed(Finding("010", "did", 1, "verb:own", LINKED), row_of(0.9, "SUPPORT")) is None


def test_a_predicate_that_stands_near_names_the_code() -> None:
    (seen_of,) = supplied(row_of(0.9, "SANCTION"), ())
    near = Finding("162", "did", 1, "near:own", NEAREST)
    assert seen_of.cameo == "160" and named_by(seen_of, near).cameo == "162"
    other = Finding("070", "did", 1, "near:own", NEAREST)
    assert named_by(seen_of, other) == seen_of


def test_hints_are_told_apart() -> None:
    kinds = {hint_of(Finding(code, "did", 0, "", LINKED)) for _, code in KINDS[:-1]}
    assert kinds == set(range(len(KINDS) - 1))
    linked = {hint_of(Finding("163", mode, 0, "", LINKED)) for mode in ("did", "negated", "x")}
    near = {hint_of(Finding("163", mode, 0, "", NEAREST)) for mode in ("did", "negated", "x")}
    assert len(linked | near) == 6 and max(near) < HINTS


def test_a_hint_is_of_its_pair_alone() -> None:
    table = hints([((0, 2), EMBARGO)], 3)
    assert table.shape == (3, 3, HINTS)
    assert table.sum() == table[0, 2].sum() == 1.0


@given(rows, st.floats(0.0, 0.9))
def test_a_phrase_names_the_event_of_the_channel_and_sign_that_are_seen(
    row: np.ndarray, sure: float
) -> None:
    """Whatever comes out is one event with its own class."""
    refused = Finding("125", "did", 1, "verb:phrase", LINKED)
    seen_as = (1.0 - sure) * row + sure * row_of(0.9, "SANCTION")
    coding = likeliest(seen_as, refused)
    assert coding.quad == QUADS[coding.plover]
    assert read_code(coding.cameo) == (coding.channel, coding.valence)


def test_meetings_called_off_are_refused_and_not_relations_broken() -> None:
    broken = [code for _, code in KINDS].index("161")
    refusal = [code for _, code in KINDS].index("125")
    row = np.zeros(len(KINDS))
    row[[broken, refusal, -1]] = 0.7, 0.2, 0.1
    called_off = Finding("125", "did", 1, "verb:phrase", LINKED)
    assert likeliest(row, called_off).cameo == "125"
    row[[broken, refusal]] = 0.85, 0.05
    assert likeliest(row, called_off).plover == "SANCTION"


def test_votes_are_hinted_by_their_sign() -> None:
    signs = {
        KINDS[kind][1]
        for code in ("V+", "V-")
        if (kind := kind_of(Finding(code, "did", 0, "vote:yes", LINKED))) is not None
    }
    assert {read_code(code) for code in signs} == {("signed", 1), ("signed", -1)}


def test_without_the_encoder_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "encoder", lambda: None)
    assert see(Scene("Fiji praised Peru.", (((0, 4),), ((13, 17),))), ()) is None
    found = list(acts_in(parse("Kenya attacked Uganda."), published=ON))
    assert [(act.source, act.target) for act in found] == [("KEN", "UGA")]


def test_what_is_seen_is_an_act_with_its_probability(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = parse("Kenya is a hotter place than Norway.")
    assert list(acts_in(doc, published=ON)) == []
    table = np.zeros((2, 2, len(KINDS)))
    table[:, :, -1] = 1.0
    table[0, 1] = row_of(0.75, "ACCUSE")
    monkeypatch.setattr(seen, "see", lambda scene, found: table)
    (act,) = acts_in(doc, published=ON)
    assert (act.source, act.target, act.coding.plover) == ("KEN", "NOR", "ACCUSE")
    assert act.coding.confidence == 0.75


def test_the_sentences_of_a_paragraph_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.zeros((2, 2, len(KINDS)))
    table[:, :, -1] = 1.0
    table[0, 1] = table[1, 0] = row_of(0.9, "CONSULT")
    monkeypatch.setattr(seen, "see", lambda scene, found: table)
    told = "Kenya is warm, and so is Peru. Kenya met Peru in May."
    found = [(act.source, act.target) for act in acts_in(parse(f"Well then. {told}"), published=ON)]
    assert found.count(("KEN", "PER")) == found.count(("PER", "KEN")) == 2


def test_what_the_rules_found_of_several_kinds_stands_together() -> None:
    aid, blame = ("done", 1), ("said", -1)
    given = Finding("070", "did", 1, "verb:verb", LINKED)
    sure, unsure = row_of(0.9, "ACCUSE"), row_of(0.3, "ACCUSE")
    assert seen.least(given, sure, {aid, blame}) == 0.0
    assert seen.least(given, unsure, {aid, blame}) == seen.least(given, sure, {aid}) == seen.KEPT
    phrase = Finding("171", "did", 1, "verb:phrase", LINKED)
    assert seen.least(phrase, sure, {("done", -1)}) == seen.KEPT_PHRASE


def test_thresholds_are_probabilities() -> None:
    assert 0.0 < seen.KEPT < seen.ENOUGH < 1.0


PARAGRAPHS = (
    "Kenya sued Uganda in May. Peru thanked Kenya for the maize that it had sent.",
    "In 1998 Chile recalled its envoy from Peru, and Peru protested.",
    "Nothing happened on Tuesday.",
    "Kenya, whose envoy was expelled by Chile, said that Uganda was to blame.",
)
"""More of them than one batch, in which dates and names go on from one to the next."""


def page_of(paragraphs: int) -> Page:
    told = [f"{PARAGRAPHS[n % len(PARAGRAPHS)]} It was day {n}." for n in range(paragraphs)]
    text = "A page\n\nPosted March 3, 2015\n\n" + "\n\n".join(told) + "\n"
    return read_page("page.txt", text.encode())


def test_reading_beside_the_parser_gives_what_waiting_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def waiting() -> Iterator[seen.Look]:
        yield seen.at_once

    pages = [page_of(2 * BATCH + 5), page_of(3)]
    beside = [report for report in read_pages(pages) if isinstance(report, Report)]
    monkeypatch.setattr(reading, "beside", waiting)
    waited = [report for report in read_pages(pages) if isinstance(report, Report)]
    assert [(r.acts, r.notes) for r in beside] == [(r.acts, r.notes) for r in waited]
    assert len(beside[0].acts) > BATCH


def test_a_reader_that_fails_beside_the_parser_refuses_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(seen, "see", fail)
    (refused,) = read_pages([page_of(2 * BATCH)])
    assert isinstance(refused, Refusal)
    assert "MemoryError no room" in str(refused.error)


@pytest.mark.parametrize("fails", [False, True])
def test_threads_take_turns_as_before_when_the_reader_has_read(fails: bool) -> None:
    turn = sys.getswitchinterval()
    with suppress(ValueError), seen.beside():
        assert sys.getswitchinterval() == pytest.approx(seen.TURN)
        if fails:
            raise ValueError
    assert sys.getswitchinterval() == turn
