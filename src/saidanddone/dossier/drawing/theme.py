"""The classes that drawings use, with their colours on light and dark paper.

Every element carries its class and, as presentation attributes, the light colours: a style sheet
overrides them, and without one (a file opened alone, a strict content policy, a printer) the
drawing is still whole. `stylesheet` writes the rules for both themes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PAPER = {"light": "#ffffff", "dark": "#14181d"}
"""The grounds that contrasts are measured on: text 4.5 to 1, marks 3 to 1 (WCAG 2.2)."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Ink:
    """How one class looks: what it marks, its light properties, and those that differ in dark."""

    what: str
    light: dict[str, str]
    dark: dict[str, str] = field(default_factory=dict)


def _filled(light: str, dark: str, **more: str) -> tuple[dict[str, str], dict[str, str]]:
    extra = {name.replace("_", "-"): value for name, value in more.items()}
    return {"fill": light, **extra}, {"fill": dark}


def _drawn(light: str, dark: str, **more: str) -> tuple[dict[str, str], dict[str, str]]:
    extra = {name.replace("_", "-"): value for name, value in more.items()}
    return {"fill": "none", "stroke": light, **extra}, {"stroke": dark}


COOPERATIVE, CONFLICTUAL = ("#2a7f8e", "#5fbccb"), ("#b8432b", "#f08d76")
"""Told apart by readers who cannot tell red from green; in grey place and words tell them apart."""

TEXT, QUIET, FAINT = ("#1b1f23", "#eceff2"), ("#4d555d", "#b4bcc4"), ("#d9dde1", "#343b43")
LINE = ("#7a828a", "#8a939c")
ALERT = ("#8a3ffc", "#c4a1ff")

CLASSES: dict[str, Ink] = {
    "paper": Ink("the ground of a file that stands alone", *_filled(*PAPER.values())),
    "headline": Ink("the headline of a file that stands alone", *_filled(*TEXT)),
    "title": Ink("the title of a panel", *_filled(*TEXT)),
    "label": Ink("all other text", *_filled(*QUIET)),
    "value": Ink("figures that the chart is about", *_filled(*TEXT)),
    "axis": Ink("the line that an axis stands on, and frames", *_drawn(*LINE, stroke_width="1")),
    "grid": Ink("lines that help the eye", *_drawn(*FAINT, stroke_width="1")),
    "band90": Ink(
        "90% band",
        {"fill": COOPERATIVE[0], "fill-opacity": "0.13"},
        {"fill": COOPERATIVE[1], "fill-opacity": "0.16"},
    ),
    "band50": Ink(
        "50% band",
        {"fill": COOPERATIVE[0], "fill-opacity": "0.28"},
        {"fill": COOPERATIVE[1], "fill-opacity": "0.32"},
    ),
    "band-edge": Ink(
        "edges of the 90% band", *_drawn(*COOPERATIVE, stroke_width="0.6")
    ),
    "trend": Ink("the smoothed share", *_drawn(*COOPERATIVE, stroke_width="2.2")),
    "point": Ink("the share of one period", {"fill": TEXT[0], "fill-opacity": "0.72"},
                 {"fill": TEXT[1], "fill-opacity": "0.8"}),
    "dots": Ink(
        "points where there are many",
        {"fill": "none", "stroke": TEXT[0], "stroke-opacity": "0.62", "stroke-linecap": "round"},
        {"stroke": TEXT[1]},
    ),
    "cooperative": Ink("cooperative acts", *_filled(*COOPERATIVE)),
    "conflictual": Ink("conflictual acts", *_filled(*CONFLICTUAL)),
    "neutral": Ink("neutral acts", *_filled(*LINE)),
    "expected": Ink("the share that the norm expects", *_drawn(*TEXT, stroke_width="2.4")),
    "change": Ink("a change of the share", *_drawn(*ALERT, stroke_width="2")),
    "change-interval": Ink(
        "where the change may lie",
        {"fill": ALERT[0], "fill-opacity": "0.14"},
        {"fill": ALERT[1], "fill-opacity": "0.2"},
    ),
    "change-label": Ink("the shares before and after", *_filled(*ALERT)),
    "trigger": Ink(
        "a day on which something happened", *_drawn(*LINE, stroke_width="0.8")
    ),
    "trigger-mark": Ink("the number of a trigger", *_filled(*QUIET)),
    "trigger-number": Ink("the figure in it", *_filled(*PAPER.values())),
    "break": Ink(
        "the dataset began to count otherwise",
        *_drawn(*QUIET, stroke_width="1.4", stroke_dasharray="5 4"),
    ),
    "missing": Ink("lines of the hatching of missing periods", *_drawn(*LINE, stroke_width="1")),
    "volume": Ink("acts per 10,000 acts of the dataset", *_filled(*LINE)),
    "others": Ink(
        "other pairs",
        {"fill": "none", "stroke": "#59626b", "stroke-opacity": "0.72", "stroke-linecap": "round"},
        {"stroke": "#97a1ab"},
    ),
    "margin": Ink("the zone near expectation", *_filled("#eef1f3", "#222930")),
    "this-pair": Ink("the pair of the page", *_drawn(*CONFLICTUAL, stroke_width="2.4")),
    "this-pair-mark": Ink("its centre", *_filled(*CONFLICTUAL)),
    "halo": Ink(
        "text with paper around it, over marks",
        {"fill": PAPER["light"], "stroke": PAPER["light"], "stroke-width": "4",
         "stroke-linejoin": "round"},
        {"fill": PAPER["dark"], "stroke": PAPER["dark"]},
    ),
    "warmer-1": Ink("deeds warmer than words, a little", *_filled("#4697a5", "#3b8794")),
    "warmer-2": Ink("deeds warmer than words", *_filled("#23707e", "#5fbccb")),
    "warmer-3": Ink("deeds warmer than words by far", *_filled("#0d4651", "#a9e4ee")),
    "colder-1": Ink("deeds colder than words, a little", *_filled("#d9694f", "#b3583f")),
    "colder-2": Ink("deeds colder than words", *_filled("#b03a22", "#f08d76")),
    "colder-3": Ink("deeds colder than words by far", *_filled("#74200f", "#fdcbbf")),
    "uncertain": Ink("the sign of the gap is not certain", *_filled("#e6e9ec", "#2a3139")),
    "unmeasured": Ink("acts in one channel only, or none", *_filled(*LINE)),
    "sign": Ink("the sign on a cell", *_drawn(*PAPER.values(), stroke_width="1.8")),
    "words": Ink("words in a sparkline", *_drawn(*CONFLICTUAL, stroke_width="1.4",
                                                stroke_dasharray="3 2")),
    "deeds": Ink("deeds in a sparkline", *_drawn(*COOPERATIVE, stroke_width="1.8")),
}  # fmt: skip


def attributes_of(classes: str) -> dict[str, str]:
    """The light properties of the classes, the last one first, as presentation attributes."""
    found: dict[str, str] = {}
    for name in classes.split():
        if name in CLASSES:
            found |= CLASSES[name].light
    return {name.replace("-", "_"): value for name, value in found.items()}


def _rules(scope: str, theme: str) -> str:
    rules = []
    for name, ink in CLASSES.items():
        found = ink.light if theme == "light" else ink.dark
        body = ";".join(f"{key}:{value}" for key, value in found.items())
        rules.append(f"{scope}.{name}{{{body}}}")
    return "\n".join(rules)


def light_rules() -> str:
    """The rules for a file that stands alone: light colours, as for print."""
    return f"text{{font-family:{FONT}}}\n{_rules('', 'light')}"


def stylesheet() -> str:
    """The rules for pages: light, and dark where the reader or the page's data-theme asks for it.

    The root element may carry data-theme="light" or "dark"; paper stays light.
    """
    dark = "\n".join(
        f"@media {media}{{\n{_rules(scope, 'dark')}\n}}"
        for media, scope in (
            (
                "screen and (prefers-color-scheme:dark)",
                ':root:not([data-theme="light"]) svg.drawing ',
            ),
            ("screen", ':root[data-theme="dark"] svg.drawing '),
        )
    )
    return (
        "svg.drawing{display:block;width:100%;height:auto;font-family:inherit}\n"
        "svg.drawing a:focus-visible{outline:2px solid currentColor}\n"
        f"{_rules('svg.drawing ', 'light')}\n{dark}\n"
    )
