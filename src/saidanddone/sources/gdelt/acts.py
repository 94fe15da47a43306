"""Acts: the rows that are kept, one by one, with the texts that they have beside their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import polars as pl

from saidanddone.sources.acts import as_acts
from saidanddone.sources.gdelt import lexicon
from saidanddone.sources.gdelt.fields import JUDGE, KEPT, fields_of, verdicts
from saidanddone.sources.gdelt.layouts import Layout
from saidanddone.sources.gdelt.meaning import TEXTS, judge
from saidanddone.sources.gdelt.pure import account, kept_of_judged, raw
from saidanddone.sources.gdelt.split import Ints, Split, split
from saidanddone.sources.numbers import NumberedActs, Numbers
from saidanddone.sources.source import Batch


def acts_of_rows(text: bytes, layout: Layout, first_line: int) -> Batch:
    """Return the acts of a block of whole lines, as pure.count_rows counts them."""
    rows = split(text, layout, first_line)
    taken = fields_of(rows, layout)
    said = verdicts(taken)
    unusual = np.flatnonzero(said.outcome == JUDGE)
    judged = judge(raw(rows, layout, unusual)) if len(unusual) else None
    total, aside, filtered = account(taken, said, judged, rows.aside)
    kept = np.flatnonzero(said.outcome == KEPT)
    plain = Numbers(
        said.source[kept].astype(np.int32),
        said.target[kept].astype(np.int32),
        said.government[kept].astype(np.int8),
        said.day[kept],
        said.code[kept].astype(np.int32),
        taken.articles[kept],
    )
    acts = _plain(plain, rows.lines[kept]).with_columns(pl.Series("row", kept, dtype=pl.Int64))
    if judged is not None:
        numbered = judged.with_columns(pl.Series("row", unusual, dtype=pl.Int64))
        alone = numbered.filter(kept_of_judged()).select(acts.columns)
        acts = pl.concat([acts, alone], how="vertical_relaxed").sort("row")
    texts = _texts(rows, layout, acts["row"].to_numpy())
    return Batch(as_acts(acts.hstack(texts)), total, aside, filtered)


def acts_of(held: Sequence[NumberedActs]) -> pl.DataFrame:
    """Return what numbers and texts say of acts (model.ACT_COLUMNS), one file after the other."""
    numbers = Numbers(
        *(np.concatenate([getattr(acts.numbers, f.name) for acts in held]) for f in fields(Numbers))
    )
    plain = _plain(numbers, np.concatenate([acts.lines for acts in held]))
    texts = b"".join([acts.texts.data for acts in held])
    return as_acts(plain.hstack(_read(texts, list(TEXTS))))


def _plain(numbers: Numbers, lines: Ints) -> pl.DataFrame:
    """What the numbers of acts stand for."""
    ids = lexicon.ids.series()
    code = lexicon.code_table()[numbers.code]
    return pl.DataFrame(
        {
            "line": lines,
            "date": pl.Series(numbers.day).cast(pl.Date),
            "precision": pl.Series(["day"], dtype=pl.String).new_from_index(0, len(numbers)),
            "source": ids.gather(numbers.source.astype(np.int64)),
            "target": ids.gather(numbers.target.astype(np.int64)),
            "government": pl.Series(numbers.government.astype(np.bool_)),
            "code": code["code"],
            "channel": code["channel"],
            "valence": code["valence"],
            "reports": numbers.reports,
        }
    )


def _texts(rows: Split, layout: Layout, which: Ints) -> pl.DataFrame:
    """The columns of TEXTS of these rows, in their order."""
    text = bytes(rows.text)
    if len(which) < len(rows.lines):  # most rows are filtered: their texts need not be read
        spans = zip(rows.starts(0)[which].tolist(), rows.ends[which, -1].tolist(), strict=True)
        text = b"".join([text[start : end + 1] for start, end in spans])
    return _read(text, list(layout.columns))


def _read(text: bytes, columns: list[str]) -> pl.DataFrame:
    """Read the columns of TEXTS out of rows; broken UTF-8 becomes U+FFFD."""
    have = [name for name in TEXTS if name in columns]
    if not text:
        read = pl.DataFrame(schema=dict.fromkeys(have, pl.String))
    else:
        read = pl.read_csv(
            text,
            has_header=False,
            columns=[columns.index(name) for name in have],
            new_columns=columns,
            infer_schema=False,
            separator="\t",
            quote_char=None,
            encoding="utf8" if text.isascii() else "utf8-lossy",
        )
    nothing = [pl.lit(None, pl.String).alias(name) for name in TEXTS if name not in have]
    read = read.select(*have, *nothing)
    return read.select(
        pl.col(name).alias(column) for name, column in TEXTS.items() if column != "added"
    ).with_columns(_added(read["DATEADDED"]).alias("added"))


def _added(texts: pl.Series) -> pl.Series:
    """The days that texts such as 20191001 or 20191001001500 begin with, each read once."""
    distinct = texts.unique().drop_nulls()
    days = distinct.to_frame("text").select(
        pl.when(pl.col("text").str.contains("^[0-9]{8}([0-9]{6})?$"))
        .then(pl.col("text").str.slice(0, 8))
        .str.to_date("%Y%m%d", strict=False)
    )
    if distinct.is_empty():
        return pl.Series(dtype=pl.Date).extend_constant(None, len(texts))
    return texts.replace_strict(distinct, days.to_series(), default=None, return_dtype=pl.Date)
