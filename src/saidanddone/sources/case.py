"""Cases: acts that somebody selected, in a CSV, with a case.toml that says who and why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, get_args

import polars as pl

from saidanddone import actors, codes
from saidanddone.errors import BadFile, SaidAndDoneError
from saidanddone.model import MODES, Channel, FuzzyDate
from saidanddone.sources.acts import ACT_SCHEMA, content_of, set_aside
from saidanddone.sources.delimited import quoted_rows
from saidanddone.sources.rows import Rows
from saidanddone.sources.source import (
    BATCH_ROWS,
    SAME_STATE,
    Batch,
    Dataset,
    fingerprint,
)

REQUIRED = ("id", "date", "source", "target", "code", "text", "reference")
OPTIONAL = ("channel", "valence", "mode", "url", "basis")
ACTS_FILE = "acts.csv"
CASE_FILE = "case.toml"
_VALENCES = {"+1": 1, "1": 1, "0": 0, "-1": -1, "−1": -1}


def shipped_case(name: str = "moscow-pyongyang") -> Path:
    """Return the folder of a case that ships with the package; raises BadFile."""
    cases = Path(str(resources.files("saidanddone"))) / "cases"
    folder = cases / name
    if not (folder / ACTS_FILE).is_file():
        shipped = sorted(file.parent.name for file in cases.glob(f"*/{ACTS_FILE}"))
        raise BadFile(
            f"no case named '{name}' ships with the package",
            f"one of {', '.join(shipped)}",
            "choose one of them, or give the path of a case",
        )
    return folder


class CaseSource:
    """Reads a case: a folder with case.toml and acts.csv, or a CSV alone.

    The dataset is known in full once find or read has seen the case.toml beside the CSV.
    """

    format = "case"

    def __init__(self, dataset: str | None = None, batch_rows: int = BATCH_ROWS) -> None:
        self.batch_rows = batch_rows
        self._name = dataset
        self.dataset = self._described({}, "case")
        self.fingerprint = fingerprint(self.format, {"reader": 1})

    def find(self, path: Path) -> list[Path]:
        """Return the CSV, of a folder its acts.csv; raises BadFile."""
        acts = path / ACTS_FILE if path.is_dir() else path
        if not acts.is_file():
            wrong = (
                f"the folder '{path}' holds no {ACTS_FILE}"
                if path.is_dir()
                else f"there is no file '{path}'"
            )
            raise BadFile(
                wrong, f"a folder with {CASE_FILE} and {ACTS_FILE}, or a CSV", "check the path"
            )
        self._look_beside(acts)
        return [acts]

    def read(self, path: Path) -> Iterator[Batch]:
        """Yield the acts of a CSV; raises BadFile."""
        self._look_beside(path)
        for rows in quoted_rows(path, REQUIRED, None, self.batch_rows, OPTIONAL):
            yield _batch(rows)

    def _look_beside(self, acts: Path) -> None:
        """Read the case.toml beside the CSV, if there is one."""
        case = acts.with_name(CASE_FILE)
        stem = acts.parent.name if acts.name == ACTS_FILE else acts.stem
        if not case.is_file() or acts.name != ACTS_FILE:
            self.dataset = self._described({}, stem)
            return
        try:
            described = tomllib.loads(case.read_bytes().decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise BadFile(
                f"'{case}' is no TOML ({error})", 'lines such as title = "..."', "correct it"
            ) from None
        self.dataset = self._described(described, stem)

    def _described(self, described: dict[str, Any], stem: str) -> Dataset:
        missing = described.get("missing", ["every act that was not selected"])
        name = self._name or str(described.get("name") or described.get("id") or stem)
        return Dataset(
            name=name,
            kind="selection",
            grain="day",
            roles=False,
            title=str(described.get("title", name)),
            citation=str(described.get("citation", described.get("title", name))),
            missing=tuple(str(phrase) for phrase in missing) if isinstance(missing, list) else (),
        )


def _batch(rows: Rows) -> Batch:
    """Read every row by itself: a case is small, and each row may be wrong in its own way."""
    acts: list[dict[str, Any]] = []
    wrong: list[tuple[int, str]] = []
    filtered: dict[str, int] = {}
    for row in rows.frame.iter_rows(named=True):
        try:
            act = _act(row)
        except SaidAndDoneError as error:
            wrong.append((row["line"], error.wrong))
        except _WrongRowError as error:
            wrong.append((row["line"], str(error)))
        else:
            if act["source"] == act["target"]:
                filtered[SAME_STATE] = filtered.get(SAME_STATE, 0) + 1
            else:
                acts.append(act)
    reasons = pl.DataFrame(
        wrong, schema={"line": pl.Int64, "aside_reason": pl.String}, orient="row"
    )
    judged = rows.frame.with_columns(content_of(REQUIRED, ",").alias("content")).join(
        reasons, on="line"
    )
    return Batch(
        acts=pl.DataFrame(acts, schema=ACT_SCHEMA, orient="row"),
        kept=len(acts),
        aside=set_aside(judged, rows.aside),
        filtered=filtered,
    )


class _WrongRowError(Exception):
    """A row of a case that cannot be read; the text is the reason."""


def _act(row: dict[str, Any]) -> dict[str, Any]:
    """Make one act of one row; raises an error whose first part is the reason."""
    for name in ("date", "source", "target", "code"):
        if row[name] is None:
            raise _WrongRowError(f"the {name} is missing")
    when = FuzzyDate.parse(row["date"])
    meaning = codes.code(row["code"])
    source = actors.resolve(row["source"], when.first)
    target = actors.resolve(row["target"], when.first)
    return {
        "date": when.first,
        "precision": when.precision,
        "source": source.id,
        "target": target.id,
        "source_name": row["source"],
        "target_name": row["target"],
        "government": True,
        "code": meaning.code,
        "channel": _chosen(row, "channel", get_args(Channel)[:3], meaning.channel),
        "valence": _VALENCES[_chosen(row, "valence", tuple(_VALENCES), str(meaning.valence))],
        "mode": _chosen(row, "mode", MODES, "did"),
        "reports": 1,
        "id": row["id"],
        "text": row["text"],
        "reference": _reference(row["reference"], row["url"]),
        "line": row["line"],
    }


def _chosen(row: dict[str, Any], name: str, choices: tuple[str, ...], default: str) -> str:
    value: str = default if row[name] is None else row[name].strip()
    if value not in choices:
        raise _WrongRowError(f"the {name} '{value}' is not one of {', '.join(choices)}")
    return value


def _reference(reference: str | None, url: str | None) -> str | None:
    """The reference, then the address: 'Title, page 3 <https://example.org>'."""
    address = f"<{url}>" if url else None
    return " ".join(part for part in (reference, address) if part) or None
