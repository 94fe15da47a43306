"""An answer in a notebook: one self-contained piece of HTML."""

from __future__ import annotations

from html import escape

from saidanddone.dossier import Dossier, leading, speaks_against

ACTS_SHOWN = 12
"""Acts in the notebook's table; answer.evidence holds all."""


def html(dossier: Dossier) -> str:
    """Return the answer as HTML: sentence, channels, acts, what speaks against it."""
    name, kind = dossier.dataset
    parts = [
        f"<h3>{escape(dossier.question)}</h3>",
        f"<p><b>{escape(dossier.verdict.sentence)}</b></p>",
        _table(
            ["channel", "acts +", "acts −", "neutral", "share", "expected", "warmth", "s.e."],
            [
                [
                    channel,
                    found.cooperative,
                    found.conflictual,
                    found.neutral,
                    _number(found.share, ".0%"),
                    _number(found.expected, ".0%"),
                    _number(found.warmth, "+z.2f"),
                    _number(found.se, ".2f"),
                ]
                for channel, found in dossier.channels.items()
                if found
            ],
        ),
        _table(
            ["date", "channel", "code", "sign", "weight", "act", "reference"],
            [
                [
                    item.date,
                    item.channel,
                    item.code or "",
                    f"{item.valence:+d}",
                    f"{item.weight:+.3f}",
                    item.text,
                    item.reference,
                ]
                for item in leading(dossier.carrying, ACTS_SHOWN)
            ],
        ),
        "<p>What speaks against it:</p>",
        "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in speaks_against(dossier)) + "</ul>",
        f"<p>{escape(name)} ({kind}). {escape(dossier.citation)}</p>",
    ]
    return "\n".join(parts)


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _table(head: list[str], rows: list[list[object]]) -> str:
    cells = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
