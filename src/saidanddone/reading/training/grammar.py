"""Training sentences made from templates: who stands in the slots is drawn, the label is known."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import polars as pl

# Rows drawn for each event, so that every event weighs the same, and for the file of sentences
# without an act. Reversed one-way sentences come on top, for this share of the rows.
ROWS_PER_EVENT = 260
ROWS_WITHOUT_ACT = 500
FLIP_SHARE = 0.1
# Share of sentences whose subject is followed by an aside between commas.
ASIDE_SHARE = 0.12
# A drawn sentence that names an actor twice or was drawn before is drawn again, this often.
TRIES = 40

# Actors of a singular kind that still take "were".
PLURAL_ENDS = ("authorities", "prosecutors")

COLUMNS = ("id", "sentence", "source", "target", "plover", "mode")
_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
# Marks around the two spans while a sentence is put together.
_SOURCE, _TARGET, _CLOSE = "\x01", "\x02", "\x03"


@dataclass(frozen=True)
class Template:
    """One clause with its slots, its label and the kinds of actors that fit."""

    text: str
    plover: str
    mode: str
    kind: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    mirror: str


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "templates" / name).read_text(encoding="utf-8"))


@cache
def templates() -> tuple[Template, ...]:
    """All templates, in the order of their files."""
    folder = files(__package__) / "templates" / "acts"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    found = []
    for name in names:
        table = _toml(f"acts/{name}")
        for group in table["sets"]:
            for text in group["templates"]:
                found.append(
                    Template(
                        text=text,
                        plover=table["plover"],
                        mode=group.get("mode", table.get("mode", "did")),
                        kind=group.get("kind", table["plover"].lower()),
                        sources=tuple(group["source"]),
                        targets=tuple(group["target"]),
                        mirror=group.get("mirror", "none"),
                    )
                )
    return tuple(found)


class _Draw:
    """Draws slots; every choice comes from one seeded generator."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.actors = _toml("actors.toml")
        self.frames = _toml("frames.toml")
        self.objects = _toml("objects.toml")

    def actor(self, kind: dict[str, Any], state: list[str]) -> str:
        name, adjective, capital = state
        form = self.random.choice(kind["forms"]).format(
            name=name,
            adj=adjective,
            capital=capital,
            surname=self.random.choice(self.actors["surnames"]),
        )
        return _articles(form)

    def clause(self, template: Template, states: list[list[str]]) -> str:
        kinds = self.actors["kinds"]
        doer = kinds[self.random.choice(template.sources)]
        other = kinds[self.random.choice(template.targets)]
        at_home = doer.get("home", False) and other.get("home", False)
        target = self.actor(other, states[0 if at_home else 1])
        filled = {
            "S": f"{_SOURCE}{self.actor(doer, states[0])}{_CLOSE}",
            "T": f"{_TARGET}{target}{_CLOSE}",
            "was": "were" if other.get("plural") or target.endswith(PLURAL_ENDS) else "was",
        }
        text = template.text
        if (
            text.startswith("{S} ")
            and not doer.get("plural")
            and self.random.random() < ASIDE_SHARE
        ):
            asides = self.frames["apposition"]
            if doer.get("person"):
                asides = [aside for aside in asides if not aside.startswith("wh")]
            text = text.replace("{S}", f"{{S}}, {self.random.choice(asides)},", 1)
        return _SLOT.sub(
            lambda slot: filled.get(slot[1]) or self.random.choice(self.objects[slot[1]]), text
        )

    def sentence(self, template: Template) -> str:
        states = self.random.sample(self.actors["states"], 3)
        clause = self.clause(template, states)
        third = states[2][1]
        parts = {name: self.random.choice(self.frames[name]) for name in ("when", "said", "while")}
        parts["lead"] = self.random.choice(self.frames["lead"])
        parts["reporter"] = self.random.choice(self.frames["reporter"])
        parts["reporter_up"] = _capital(parts["reporter"])
        parts["dateline"] = " ".join(self.random.choice(self.frames[n]) for n in ("city", "agency"))
        parts["said"] = parts["said"].format(third=third)
        parts["third"] = third
        parts["clause"], parts["Clause"] = clause, _capital(clause)
        frame: str = self.random.choice(self.frames["frames"])
        made = _SLOT.sub(lambda slot: parts[slot[1]], frame)
        made = _articles(made)
        return re.sub(rf"s{_CLOSE}'s\b", f"s{_CLOSE}'", made)


def _articles(text: str) -> str:
    # "an Iranian court", but "a Ukrainian court" and "a Ugandan court".
    return re.sub(r"\b([Aa]) (?=[AEIO]|U(?!k|g))", r"\1n ", text)


def _capital(text: str) -> str:
    return re.sub(r"^([\x01\x02]?)(\w)", lambda found: found[1] + found[2].upper(), text)


def _spans(marked: str) -> tuple[str, str, str] | None:
    """Sentence, source and target, or None where a span does not stand exactly once."""
    source = re.search(f"{_SOURCE}([^{_CLOSE}]+){_CLOSE}", marked)
    target = re.search(f"{_TARGET}([^{_CLOSE}]+){_CLOSE}", marked)
    if source is None or target is None:
        return None
    sentence = re.sub(f"[{_SOURCE}{_TARGET}{_CLOSE}]", "", marked)
    for span in (source[1], target[1]):
        if len(re.findall(rf"(?<!\w){re.escape(span)}(?!\w)", sentence, re.IGNORECASE)) != 1:
            return None
    return sentence, source[1], target[1]


def expand(seed: int = 0) -> pl.DataFrame:
    """Make the table of training sentences from the templates.

    The same seed gives the same table. Columns, all text: id (kind and number), sentence, source
    and target (spans that stand in the sentence once), plover (the event of the source toward the
    target, or NONE), mode. A sentence of one direction may return with source and target
    exchanged: the label is then NONE, or the same where the act is mutual.

    >>> expand(1).columns
    ['id', 'sentence', 'source', 'target', 'plover', 'mode']
    """
    draw = _Draw(seed)
    seen: set[str] = set()
    rows: list[tuple[str, ...]] = []
    by_event: dict[str, list[Template]] = {}
    for template in templates():
        by_event.setdefault(template.plover, []).append(template)
    for plover, choices in by_event.items():
        wanted = ROWS_WITHOUT_ACT if plover == "NONE" else ROWS_PER_EVENT
        for number in range(wanted):
            template = choices[number % len(choices)]
            made = _fresh(draw, template, seen)
            if made is None:
                continue
            sentence, source, target = made
            label, mode = template.plover, template.mode
            if template.mirror == "same" and draw.random.random() < 0.5:
                source, target = target, source
            row_id = f"grammar-{template.kind}-{number:03d}"
            rows.append((row_id, sentence, source, target, label, mode))
            if template.mirror == "none" and plover != "NONE" and draw.random.random() < FLIP_SHARE:
                rows.append((f"{row_id}-reversed", sentence, target, source, "NONE", "did"))
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _fresh(draw: _Draw, template: Template, seen: set[str]) -> tuple[str, str, str] | None:
    for _ in range(TRIES):
        made = _spans(draw.sentence(template))
        if made is not None and made[0] not in seen:
            seen.add(made[0])
            return made
    return None
