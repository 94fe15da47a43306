"""Fields of the API's questions: what is asked for, checked before anything is computed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from saidanddone.archive.search import DEEPEST, MOST_SIZE
from saidanddone.faces.web.naming import LONGEST

Day = Annotated[
    str | None,
    Field(
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="YYYY, YYYY-MM or YYYY-MM-DD, inclusive",
        examples=["2018-03"],
    ),
]
Name = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST,
        description="a name, capital, adjective or ISO code of a state, as people type it",
        examples=["russia"],
    ),
]
Table = Annotated[
    Literal["json", "csv", "parquet"],
    Field(description="csv and parquet give all rows; endings .csv and .parquet mean the same"),
]
Dataset = Annotated[
    str | None, Field(max_length=LONGEST, description="which dataset; the pages' own if left out")
]
Corner = Literal["open friend", "quiet partner", "false friend", "open rival", "near expectation"]

LAST_PAGE = 1_000_000
"""Pages that may be asked for: beyond the last one they are empty."""


class Fields(BaseModel):
    """The base of all questions: a field that is not described is refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Fields):
    """No fields."""


class Paged(Fields):
    """One page of a table."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE, description="counts from 1")] = 1
    size: Annotated[int, Field(ge=1, le=1_000, description="rows of a page")] = 100
    format: Table = "json"


class Ask(Fields):
    """A question as `saidanddone ask` takes it."""

    source: Name
    target: Name
    dataset: Dataset = None
    since: Day = None
    until: Day = None
    against: Annotated[
        Literal["world", "plain", "peers", "self"], Field(description="the norm")
    ] = "world"
    reading: Annotated[
        Literal["said-done", "icews", "gdelt", "plover"], Field(description="where words end")
    ] = "said-done"
    count: Literal["acts", "reports", "codes"] = "acts"
    actors: Annotated[
        Literal["government", "all"] | None,
        Field(description="whose acts; government where the source tells"),
    ] = None
    without: Annotated[
        str,
        Field(pattern=r"^[0-9V+\-, ]{0,200}$", description="codes to leave out, parted by commas"),
    ] = ""
    predecessors: Annotated[
        bool, Field(description="count a predecessor's acts as its successor's")
    ] = True


class Window(Fields):
    """A window of days."""

    since: Day = None
    until: Day = None


class Pairs(Paged):
    """Pairs, of all states or of one."""

    state: Annotated[
        str | None, Field(max_length=LONGEST, description="only pairs with this state")
    ] = None


class Acts(Paged):
    """Acts of a pair, filtered."""

    channel: Literal["said", "signed", "done", "verbal", "material"] | None = None
    sign: Literal["cooperative", "conflictual", "neutral"] | None = None
    topic: Annotated[str | None, Field(max_length=100, description="id of a topic")] = None
    since: Day = None
    until: Day = None


class Formatted(Fields):
    """A table as a whole."""

    format: Table = "json"


class Rank(Formatted):
    """The ranking."""

    corner: Annotated[Corner | None, Field(description="rank by its probability")] = None
    region: Annotated[
        str | None,
        Field(
            max_length=100, description="only pairs with a side in it", examples=["Eastern Asia"]
        ),
    ] = None
    top: Annotated[int, Field(ge=1, le=500, description="how many pairs")] = 50


class Movers(Formatted):
    """What moved."""

    top: Annotated[int, Field(ge=1, le=100, description="how many pairs")] = 20


class Search(Fields):
    """A search: words, "phrases", -not, OR, beginn*."""

    q: Annotated[str, Field(max_length=400, description='words, "phrases", -not, OR, beginn*')]
    kind: Literal["act", "document"] | None = None
    source: Annotated[str | None, Field(max_length=LONGEST)] = None
    target: Annotated[str | None, Field(max_length=LONGEST)] = None
    since: Day = None
    until: Day = None
    page: Annotated[int, Field(ge=1, le=DEEPEST, description="counts from 1")] = 1
    size: Annotated[int, Field(ge=1, le=MOST_SIZE, description="hits of a page")] = 20


class Who(Fields):
    """A name to be understood."""

    name: Name
