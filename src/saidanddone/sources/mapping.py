"""Mappings: a TOML file that says what the columns of somebody else's table mean.

Everything except the columns is optional::

    format = "table"             # or "counts" for yearly counts; default: the format it is given to
    name = "my-events"           # the dataset's name; default: the mapping's file name
    title = "My events"
    citation = "Who made it"
    kind = "selection"           # or "census": the table aims at everything; only a census decides
    missing = ["no sectors"]     # what the table cannot give, said in every answer's coverage
    files = ["my-*.csv"]         # the files to read when a folder is given
    delimiter = ";"              # default: sniffed from the header
    date_format = "%d/%m/%Y"     # as of strptime; default: YYYY, YYYY-MM or YYYY-MM-DD
    unresolved = "aside"         # or "filter": what becomes of rows with an actor nobody knows
    names = "any"                # how actors are written: any, icews, cameo, iso2, cow, gw, id
    government = "none"          # how to tell who acts for a government:
                                 #   "name"     the actor's name: "Military (Syria)", "Syria",
                                 #              or whoever held an office on that date
                                 #   "sectors"  the column source_sectors, comma lists as in ICEWS
                                 #   "all"      every act is a government's;  "none"  not known
    code_texts_file = "codes.csv"  # columns text and code, beside the mapping

    [columns]                    # this table's column for each:
    date = "when"                # required, as are source, target, and code or code_text
    source = "actor"
    target = "recipient"
    code = "cameo"               # CAMEO or vote code, as text with its leading zeros
    code_text = "event"          # instead of code: a text that [code_texts] gives a code for
    id = "event_id"
    text = "summary"
    reference = "article"        # where to look the act up; default: the file and its row
    url = "link"                 # joined to the reference as <link>
    source_country = "actor_country"       # goes before the actor's name where it is not empty
    target_country = "recipient_country"
    source_sectors = "actor_sectors"

    [code_texts]
    "Make statement" = "010"

Counts have other columns: source, target, year, verbal_cooperation, material_cooperation,
verbal_conflict, material_conflict; of the settings they take name, title, citation, kind, missing,
files, delimiter, unresolved and names. The keys of [columns] may also stand at the top level.
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from saidanddone.errors import BadMapping
from saidanddone.sources.acts import Unresolved
from saidanddone.sources.header import DELIMITERS
from saidanddone.sources.who import SCHEMES, Government, Scheme

Kind = Literal["table", "counts"]

REQUIRED: dict[str, tuple[str, ...]] = {
    "table": ("date", "source", "target"),
    "counts": (
        "source",
        "target",
        "year",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    ),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "table": (
        "code",
        "code_text",
        "id",
        "text",
        "reference",
        "url",
        "source_country",
        "target_country",
        "source_sectors",
    ),
    "counts": (),
}
_TEXTS = ("name", "title", "citation", "date_format")
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": ("census", "selection"),
    "unresolved": ("aside", "filter"),
    "names": SCHEMES,
    "government": ("name", "sectors", "all", "none"),
    "delimiter": (),
}
_LISTS = ("missing", "files")
_TABLE_ONLY = ("date_format", "government", "code_texts", "code_texts_file")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that was read and checked; columns maps our names to the table's."""

    columns: dict[str, str]
    name: str
    title: str
    citation: str = ""
    kind: Literal["census", "selection"] = "selection"
    missing: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    delimiter: str | None = None
    date_format: str | None = None
    unresolved: Unresolved = "aside"
    names: Scheme = "any"
    government: Government = "none"
    code_texts: dict[str, str] = field(default_factory=dict)


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that ship with the package.

    >>> "icews-2018" in shipped_mappings()
    True
    """
    folder = resources.files("saidanddone.sources") / "mappings"
    return sorted(
        file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")
    )


def read_mapping(mapping: str | Path, kind: Kind = "table") -> Mapping:
    """Read a mapping by its path or by the name of a shipped one; raises BadMapping."""
    path = Path(mapping)
    if path.is_file():
        try:
            content = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadMapping(
                f"the mapping '{path}' cannot be read ({error})", "a TOML file in UTF-8", "check it"
            ) from None
    elif str(mapping) in shipped_mappings():
        content = (
            resources.files("saidanddone.sources") / "mappings" / f"{mapping}.toml"
        ).read_text("utf-8")
    else:
        raise BadMapping(
            f"there is no mapping '{mapping}'",
            f"a TOML file or one that ships: {', '.join(shipped_mappings())}",
            "check the path",
        )
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(
            f"the mapping '{mapping}' is no TOML ({error})", 'key = "value" lines', "correct it"
        ) from None
    return _Checker(str(mapping), kind, path.parent).mapping(data, path.stem)


class _Checker:
    """Checks one mapping's content and refuses it by the key that is wrong."""

    def __init__(self, shown: str, kind: Kind, folder: Path) -> None:
        self.shown = shown
        self.kind = kind
        self.folder = folder

    def mapping(self, data: dict[str, Any], stem: str) -> Mapping:
        column_keys = REQUIRED[self.kind] + OPTIONAL[self.kind]
        settings = ["format", *_TEXTS, *_CHOICES, *_LISTS, "columns", *_TABLE_ONLY]
        if self.kind == "counts":
            settings = [key for key in settings if key not in _TABLE_ONLY]
        if (written := data.get("format", self.kind)) != self.kind:
            raise self.wrong(
                f"is for the format '{written}'", f"a mapping for {self.kind}", "choose another"
            )
        data = _dataset_spelt_out(data)
        self.known(data, list(dict.fromkeys([*settings, *column_keys])))
        columns = data.get("columns", {})
        if not isinstance(columns, dict):
            raise self.wrong("has no table [columns]", "[columns] with keys", "write it so")
        self.known(columns, column_keys, " in [columns]")
        columns = {key: data[key] for key in column_keys if key in data} | columns
        self.columns(columns)
        given: dict[str, Any] = {"name": stem}
        given |= {key: self.text(key, data[key]) for key in _TEXTS if key in data}
        given |= {key: self.choice(key, data[key]) for key in _CHOICES if key in data}
        given |= {key: self.texts(key, data[key]) for key in _LISTS if key in data}
        if given.get("government") == "sectors" and "source_sectors" not in columns:
            raise self.wrong(
                "takes government from sectors without a column source_sectors",
                "source_sectors in [columns]",
                'map it or set government to "name", "all" or "none"',
            )
        given.setdefault("title", given["name"])
        return Mapping(columns=columns, code_texts=self.code_texts(data, columns), **given)

    def wrong(self, what: str, expected: str, do: str) -> BadMapping:
        return BadMapping(f"the mapping '{self.shown}' {what}", expected, do)

    def known(
        self, data: dict[str, Any], keys: list[str] | tuple[str, ...], where: str = ""
    ) -> None:
        for key in data:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
                do = f"did you mean '{near[0]}'" if near else "leave it out"
                raise self.wrong(f"has the unknown key '{key}'{where}", ", ".join(keys), do)

    def columns(self, columns: dict[str, Any]) -> None:
        for key, value in columns.items():
            self.text(key, value)
        for key in REQUIRED[self.kind]:
            if key not in columns:
                raise self.wrong(
                    f"does not say which column is {key}",
                    f"columns for {', '.join(REQUIRED[self.kind])}"
                    + ", and code or code_text" * (self.kind == "table"),
                    f"add {key} to [columns]",
                )
        if self.kind == "table" and ("code" in columns) == ("code_text" in columns):
            both = "both code and code_text" if "code" in columns else "neither code nor code_text"
            raise self.wrong(f"maps {both}", "one of the two", "add or remove one in [columns]")

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.wrong(f"gives {key} = {value!r}", "a text in quotes", "put it in quotes")
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.wrong(f"gives {key} = {value!r}", "a list of texts", "put it in [ ]")
        return tuple(self.text(key, item) for item in value)

    def choice(self, key: str, value: Any) -> str:
        choices = tuple(DELIMITERS) if key == "delimiter" else _CHOICES[key]
        if value not in choices:
            shown = ", ".join(repr(choice) for choice in choices)
            raise self.wrong(f"gives {key} = {value!r}", f"one of {shown}", "choose one of them")
        return str(value)

    def code_texts(self, data: dict[str, Any], columns: dict[str, Any]) -> dict[str, str]:
        texts: dict[str, str] = {}
        if "code_texts_file" in data:
            texts |= self.code_texts_file(self.text("code_texts_file", data["code_texts_file"]))
        inline = data.get("code_texts", {})
        if not isinstance(inline, dict):
            raise self.wrong("gives code_texts as no table", "[code_texts]", "write it so")
        texts |= {key: self.text(f"the code of '{key}'", value) for key, value in inline.items()}
        if "code_text" in columns and not texts:
            raise self.wrong(
                "maps code_text without codes for the texts",
                "[code_texts] or code_texts_file",
                "add the table",
            )
        return texts

    def code_texts_file(self, name: str) -> dict[str, str]:
        path = self.folder / name
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise self.wrong(
                f"names the file '{name}', which cannot be read ({error})",
                "a CSV in UTF-8 beside the mapping",
                "check its path",
            ) from None
        if not rows or not {"text", "code"} <= set(rows[0]):
            raise self.wrong(
                f"names the file '{name}' without the columns text and code",
                "a CSV with the columns text and code",
                "add its header",
            )
        return {row["text"]: row["code"] or "" for row in rows if row["text"]}


def _dataset_spelt_out(data: dict[str, Any]) -> dict[str, Any]:
    """Read `dataset`, a name or a table of settings, as what it says: people write it so."""
    dataset = data.get("dataset")
    rest = {key: value for key, value in data.items() if key != "dataset"}
    if isinstance(dataset, dict):
        return dataset | rest
    return rest if dataset is None else {"name": dataset} | rest
