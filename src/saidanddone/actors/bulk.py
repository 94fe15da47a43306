"""Whole columns at once: each distinct value is looked up once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal

from saidanddone.actors.names import Bearing, choose, codes, index, key
from saidanddone.actors.offices import held
from saidanddone.actors.resolve import search
from saidanddone.actors.roles import role_is_government, sectors_are_government

if TYPE_CHECKING:
    import polars as pl

Scheme = Literal["any", "icews", "cameo", "iso2", "cow", "gw", "fips", "id"]


def find(names: pl.Series, scheme: Scheme = "any", dates: pl.Series | None = None) -> pl.Series:
    """Find the actors of a column of names or codes.

    Returns a String column of ids as long as `names`; null where the name is null, unknown or
    ambiguous on its day. `dates` (Date, Datetime or ISO text; null: today) tells historical
    states and persons in office. 'any' reads names as resolve does, 'icews' the country names
    of that data set ('NA' is none), 'iso2' codes ('NA' is Namibia). Never raises for values.
    """
    import polars as pl

    typed = _as_text(names)
    if dates is None:
        return _by_distinct(typed, lambda name: _one(name, scheme, None), pl.String)
    is_text = dates.dtype == pl.String
    days = dates.str.to_date("%Y-%m-%d", strict=False) if is_text else dates.cast(pl.Date)
    table = pl.DataFrame({"name": typed.rename("name"), "day": days})
    distinct = table["name"].drop_nulls().unique()
    moving: list[str] = []
    fixed: list[str] = []
    for name in distinct:
        (moving if _depends_on_day(name, scheme) else fixed).append(name)
    still = pl.DataFrame(
        {"name": fixed, "id": [_one(name, scheme, None) for name in fixed]},
        schema={"name": pl.String, "id": pl.String},
    )
    pairs = table.join(
        pl.DataFrame({"name": moving}, schema={"name": pl.String}), on="name"
    ).unique()
    dated = pairs.with_columns(
        pl.Series(
            "dated",
            [_one(name, scheme, day) for name, day in pairs.iter_rows()],
            dtype=pl.String,
        )
    )
    found = table.join(still, on="name", how="left", maintain_order="left").join(
        dated, on=["name", "day"], how="left", nulls_equal=True, maintain_order="left"
    )
    return found.select(pl.coalesce("dated", "id").alias(names.name)).to_series()


def sectors_government(sectors: pl.Series) -> pl.Series:
    """Tell for each comma list of ICEWS sectors whether one of them is governmental.

    Boolean; null where the list is empty, NA or holds no sector whose side is known.
    """
    import polars as pl

    return _by_distinct(_as_text(sectors), sectors_are_government, pl.Boolean)


def roles_government(phrases: pl.Series) -> pl.Series:
    """Tell for each role phrase, such as 'Police (India)', whether it acts for a government.

    Boolean; null where the role is not known.
    """
    import polars as pl

    return _by_distinct(_as_text(phrases), role_is_government, pl.Boolean)


def _as_text(values: pl.Series) -> pl.Series:
    import polars as pl

    if values.dtype.is_float():  # COW and GW numbers become floats where a column has gaps
        values = values.cast(pl.Int64, strict=False)
    return values.cast(pl.String, strict=False)


def _by_distinct(
    values: pl.Series, answer: Callable[[str], object], dtype: type[pl.DataType]
) -> pl.Series:
    import polars as pl

    distinct = values.drop_nulls().unique()
    answers = pl.DataFrame(
        {
            "value": distinct,
            "answer": pl.Series([answer(value) for value in distinct], dtype=dtype),
        },
        schema={"value": pl.String, "answer": dtype},
    )
    found = pl.DataFrame({"value": values}).join(
        answers, on="value", how="left", maintain_order="left"
    )
    return found["answer"].rename(values.name)


def _bearings(name: str, scheme: Scheme) -> list[Bearing]:
    if scheme == "any":
        return index().get(key(name), [])
    code = name.strip()
    if scheme == "icews":
        # The published country column wins ('Congo' is Brazzaville there), then any name.
        found = codes("icews").get(key(code))
        return found or ([] if code in ("NA", "") else index().get(key(code), []))
    if scheme in ("cow", "gw"):
        return codes(scheme).get(code.lstrip("0"), [])
    return codes(scheme).get(code.upper(), [])


def _one(name: str, scheme: Scheme, on: date | None) -> str | None:
    ids = choose(_bearings(name, scheme), on)
    if not ids and scheme == "any":
        ids = search(name, on).ids
    return ids[0] if len(ids) == 1 else None


def _depends_on_day(name: str, scheme: Scheme) -> bool:
    bearings = _bearings(name, scheme)
    if not bearings and scheme == "any":
        # A person's state, or a name reached through another form, may change with the day.
        return bool(held(name)) or bool(search(name).ids)
    return len({bearing.id for bearing in bearings}) > 1
