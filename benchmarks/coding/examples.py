"""What the encoder is trained on: sentences, their actors, and what each does to each other one."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from importlib.resources import files
from itertools import permutations, product
from typing import Any, NamedTuple

from train import HERE, kept_back, spans, training_rows

from saidanddone.reading.encoder import KINDS, Scene, Span
from saidanddone.reading.finding import LINKED, Finding
from saidanddone.reading.hints import Ends, found_between, found_near, kind_of
from saidanddone.reading.parser import parse_all
from saidanddone.reading.training import five_word_runs, scenes
from saidanddone.reading.training.scenes import Scene as Written

NOTHING = [len(KINDS) - 1]

ONE_WAY = {
    *("AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "COERCE", "AGREE"),
    *("CONCEDE", "MOBILIZE"),
}
TURNED_WEIGHT = 0.25
"""What counts of a sentence told one way read the other way round, as no act: a few are mutual all
the same."""


class Label(NamedTuple):
    """What a pair is: places in KINDS, of which each is right or, where `each` is false, one of
    them is; the mode; the weight."""

    kinds: list[int]
    mode: str
    each: bool = False
    weight: float = 1.0


class Example(NamedTuple):
    """A sentence, its actors, what is known of ordered pairs of them, and what the rules found:
    where the parse links a predicate to a pair, and where one only stands near."""

    scene: Scene
    pairs: dict[Ends, Label]
    linked: tuple[tuple[Ends, Finding], ...] = ()
    near: tuple[tuple[Ends, Finding], ...] = ()


def from_scenes(first: int | None = None) -> list[Example]:
    """Scenes that share no five words with the gold, with what is known of every ordered pair.

    first: only so many scenes of the file.
    """
    with (HERE / "gold" / "sentences.csv").open(encoding="utf-8", newline="") as opened:
        gold = {run for row in csv.DictReader(opened) for run in five_word_runs(row["sentence"])}
    kept = [scene for scene in scenes()[:first] if not gold & set(five_word_runs(scene.sentence))]
    return with_findings([one for one in map(example_of, kept) if one.pairs])


def with_findings(made: list[Example]) -> list[Example]:
    """Examples with what the rules find in them."""
    docs = parse_all(one.scene.text for one in made)
    return [_found(one, doc) for one, doc in zip(made, docs, strict=True)]


def _found(one: Example, doc: Any) -> Example:
    spans = [
        [span for at in each if (span := doc.char_span(*at, alignment_mode="expand")) is not None]
        for each in one.scene.actors
    ]
    linked: list[tuple[Ends, Finding]] = []
    near: list[tuple[Ends, Finding]] = []
    for source, target in permutations(range(len(spans)), 2):
        for a, b in product(spans[source], spans[target]):
            if a.start < b.end and b.start < a.end:
                continue
            there, back = found_between(doc, a, b)
            linked += [((source, target), found) for found in there]
            linked += [((target, source), found) for found in back]
    told = {ends for ends, _ in linked}
    for source, target in permutations(range(len(spans)), 2):
        pairs = [(abs(a.start - b.start), a, b) for a, b in product(spans[source], spans[target])]
        if (source, target) not in told and pairs:
            _, a, b = min(pairs, key=lambda pair: pair[0])
            if (found := found_near(doc, a, b)) is not None:
                near.append(((source, target), found))
    return one._replace(linked=tuple(dict.fromkeys(linked)), near=tuple(near))


def example_of(scene: Written) -> Example:
    """What is known of every ordered pair of a scene, but of those with neutral acts alone."""
    letters = sorted({letter for letter, _, _ in scene.mentions})
    actors = tuple(
        tuple((start, end) for letter, start, end in scene.mentions if letter == mine)
        for mine in letters
    )
    pairs = {}
    for one, source in enumerate(letters):
        for other, target in enumerate(letters):
            acts = [a for a in scene.acts if (a.source, a.target) == (source, target)]
            done = [act for act in acts if act.mode == "did"]
            kinds = {kind for act in done if (kind := _kind(act.code)) is not None}
            if one == other or (done and not kinds):
                continue
            mode = "did" if done or not acts else acts[0].mode
            pairs[one, other] = Label(sorted(kinds) or NOTHING, mode, len(kinds) > 1)
    return Example(Scene(scene.sentence, actors), pairs)


def _kind(code: str) -> int | None:
    rule = "vote:" if code.startswith("V") else ""
    return kind_of(Finding(code, "did", 0, rule, LINKED))


def from_sentences() -> tuple[list[Example], list[Example]]:
    """Sentences in which one pair is told: those written, and those of the grammar."""
    rows = [row for row in training_rows() if not kept_back(row)]
    known = {(row["sentence"], row["source"], row["target"]) for row in rows}
    made: tuple[list[Example], list[Example]] = ([], [])
    plain = []
    for row in rows:
        at = spans(row)
        may = [place for place, (event, _) in enumerate(KINDS) if event == row["plover"]]
        pairs = {(0, 1): Label(may, row["mode"])}
        turned = (row["sentence"], row["target"], row["source"])
        if row["plover"] in ONE_WAY and not _grammar(row) and turned not in known:
            pairs[1, 0] = Label(NOTHING, "did", weight=TURNED_WEIGHT)
        plain.append(Example(Scene(row["sentence"], ((at["from"],), (at["to"],))), pairs))
    for row, one in zip(rows, with_findings(plain), strict=True):
        made[_grammar(row)].append(_sure(one))
    return made


def _grammar(row: dict[str, str]) -> bool:
    return row["id"].startswith("grammar")


def _sure(one: Example) -> Example:
    """Of the kinds that an event may be the one that the rules found, where they found one."""
    label = one.pairs[0, 1]
    found = {kind_of(each) for ends, each in (*one.linked, *one.near) if ends == (0, 1)}
    mine = [kind for kind in label.kinds if kind in found]
    if len(label.kinds) == 1 or len(mine) != 1:
        return one
    return one._replace(pairs={**one.pairs, (0, 1): label._replace(kinds=mine)})


class Renaming:
    """Other states in the place of those that a sentence names: by name, adjective and capital."""

    def __init__(self) -> None:
        folder = files("saidanddone.reading.training") / "templates"
        self.states = tomllib.loads((folder / "actors.toml").read_text("utf-8"))["states"]
        self.place = {form: (n, k) for n, s in enumerate(self.states) for k, form in enumerate(s)}
        names = "|".join(sorted(map(re.escape, self.place), key=len, reverse=True))
        self.pattern = re.compile(rf"(?<!\w)({names})(?!\w)")

    def __call__(self, one: Example, chance: random.Random) -> Example:
        """The example with other states; its spans move along."""
        drawn: dict[int, int] = {}
        made, at, moved = "", 0, []
        for found in self.pattern.finditer(one.scene.text):
            state, form = self.place[found[1]]
            if state not in drawn:
                free = [n for n in range(len(self.states)) if n not in drawn.values()]
                drawn[state] = chance.choice(free)
            made += one.scene.text[at : found.start()] + self.states[drawn[state]][form]
            at = found.end()
            moved.append((at, len(made) - at))
        made += one.scene.text[at:]

        def shift(span: Span) -> Span:
            start, end = (
                place + next((by for end, by in reversed(moved) if end <= place), 0)
                for place in span
            )
            return start, end

        actors = tuple(tuple(map(shift, each)) for each in one.scene.actors)
        return one._replace(scene=Scene(made, actors))


def only(one: Example, kept: list[int]) -> Example:
    """The example with some of its actors marked alone, in the order given."""
    place = {old: new for new, old in enumerate(kept)}
    pairs = {
        (place[a], place[b]): label
        for (a, b), label in one.pairs.items()
        if a in place and b in place
    }
    linked, near = (
        tuple(((place[a], place[b]), f) for (a, b), f in each if a in place and b in place)
        for each in (one.linked, one.near)
    )
    scene = Scene(one.scene.text, tuple(one.scene.actors[at] for at in kept))
    return Example(scene, pairs, linked, near)
