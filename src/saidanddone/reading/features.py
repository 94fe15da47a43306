"""What the re-ranker looks at: words and pairs of words, the path, the rules' vote."""

from __future__ import annotations

import itertools
from typing import Any

from saidanddone.reading.coder import Finding

WINDOW = 4
"""Words on either side of an actor that are told apart from the rest of the sentence."""


def features(doc: Any, source: Any, target: Any, vote: Finding | None, event: str) -> list[str]:
    """Names of the features that hold for a pair in a parsed sentence.

    event: the PLOVER event of the rules' vote, or NONE.
    """
    words = _masked(doc, source, target)
    found = {f"w:{word}" for word in words}
    found |= {f"b:{a} {b}" for a, b in itertools.pairwise(words)}
    found |= {
        f"t:{a} {b} {c}"
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
        if "SRC" in (a, b, c) or "TGT" in (a, b, c)
    }
    found |= _between(words)
    found |= _near(doc, source, "s")
    if target is not None:
        found |= _near(doc, target, "o")
        found |= _path(source, target)
    found |= _votes(source, vote, event)
    return sorted(found)


def _masked(doc: Any, source: Any, target: Any) -> list[str]:
    """Lemmas of the sentence with the two actors as SRC and TGT; numbers as 0."""
    words: list[str] = []
    for token in doc:
        if source.start <= token.i < source.end:
            word = "SRC"
        elif target is not None and target.start <= token.i < target.end:
            word = "TGT"
        elif token.is_punct or token.is_space:
            continue
        elif token.like_num:
            word = "0"
        elif token.pos_ == "PROPN":
            word = "NAME"
        else:
            word = token.lemma_.lower()
        if words and words[-1] == word and word in ("SRC", "TGT", "NAME"):
            continue
        words.append(word)
    return words


def _between(words: list[str]) -> set[str]:
    if "SRC" not in words or "TGT" not in words:
        return {"order:one"}
    a, b = words.index("SRC"), words.index("TGT")
    inner = words[min(a, b) + 1 : max(a, b)]
    return {f"order:{'st' if a < b else 'ts'}", *(f"m:{word}" for word in inner)}


def _near(doc: Any, span: Any, side: str) -> set[str]:
    root = span.root
    found = {f"{side}dep:{root.dep_}", f"{side}head:{root.head.lemma_.lower()}"}
    found |= {f"{side}gov:{root.dep_}:{root.head.lemma_.lower()}"}
    for ancestor in list(root.ancestors)[:WINDOW]:
        if ancestor.pos_ in ("VERB", "NOUN", "ADJ"):
            found.add(f"{side}up:{ancestor.lemma_.lower()}")
        if ancestor.pos_ == "VERB":
            for child in ancestor.children:
                if child.dep_ in ("dobj", "xcomp", "ccomp", "acomp", "neg", "aux", "prt", "prep"):
                    found.add(f"{side}verb:{ancestor.lemma_.lower()} {child.lemma_.lower()}")
            break
    return found


def _path(source: Any, target: Any) -> set[str]:
    up = [source.root, *source.root.ancestors]
    down = [target.root, *target.root.ancestors]
    at = {token.i: n for n, token in enumerate(down)}
    for n, token in enumerate(up):
        if token.i in at:
            walk = [*up[1 : n + 1], *reversed(down[1 : at[token.i]])]
            lemmas = [t.lemma_.lower() for t in walk if t.pos_ in ("VERB", "NOUN", "ADJ", "ADP")]
            deps = ">".join(t.dep_ for t in [*up[:n], *reversed(down[: at[token.i]])])
            found = {f"p:{lemma}" for lemma in lemmas}
            found |= {f"pb:{a} {b}" for a, b in itertools.pairwise(lemmas)}
            return found | {f"pd:{deps}"}
    return set()


def _votes(source: Any, vote: Finding | None, event: str) -> set[str]:
    if vote is None:
        return {"vote:none"}
    kind = vote.rule.split(":")[0]
    predicate = source.doc[vote.predicate].lemma_.lower()
    return {
        f"vote:{event}",
        f"vote:{event}:{kind}",
        f"code:{vote.code[:3]}",
        f"mode:{vote.mode}",
        f"vote:{event}:{vote.mode}",
        f"pred:{predicate}",
    }
