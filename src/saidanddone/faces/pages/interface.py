"""The page that describes the API, made of its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saidanddone.faces.pages import addresses
from saidanddone.faces.pages.environment import render

if TYPE_CHECKING:
    from saidanddone.faces.pages.site import Site

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation, in words."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to ask the API: method, path, what it gives."""

    method: str
    path: str
    anchor: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str, str], ...]


def api(site: Site, description: Mapping[str, Any]) -> str:
    """Render the API's own OpenAPI description (version 3), at addresses.API."""
    info = description.get("info", {})
    return render(
        "api.html",
        site,
        addresses.API,
        title=str(info.get("title", "API")),
        version=str(info.get("version", "")),
        about=str(info.get("description", "")),
        operations=list(operations(description)),
    )


def operations(description: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of a description, in its order."""
    for path, item in description.get("paths", {}).items():
        for method in METHODS:
            found = item.get(method)
            if found is None:
                continue
            listed = [*item.get("parameters", []), *found.get("parameters", [])]
            title = str(found.get("summary") or f"{method.upper()} {path}")
            yield Operation(
                method=method.upper(),
                path=path,
                anchor="".join(c if c.isalnum() else "-" for c in f"{method}{path}").strip("-"),
                title=title,
                about=str(found.get("description", "")),
                parameters=tuple(_parameter(one, description) for one in listed),
                answers=tuple(
                    (
                        str(status),
                        str(answer.get("description", "")),
                        ", ".join(answer.get("content", {})),
                    )
                    for status, answer in found.get("responses", {}).items()
                ),
            )


def _parameter(one: Mapping[str, Any], description: Mapping[str, Any]) -> Parameter:
    if "$ref" in one:
        one = _followed(one["$ref"], description)
    schema = one.get("schema", {})
    return Parameter(
        name=str(one.get("name", "")),
        place=str(one.get("in", "")),
        kind=_kind(schema),
        required=bool(one.get("required", False)),
        about=str(one.get("description") or schema.get("description") or ""),
    )


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: its type, its values, its default."""
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        kinds = [kind for one in choices if (kind := _kind(one)) != "null"]
        said = " or ".join(dict.fromkeys(kinds))
    elif "enum" in schema:
        said = "one of " + ", ".join(str(value) for value in schema["enum"])
    elif "const" in schema:
        said = str(schema["const"])
    else:
        said = str(schema.get("format") or schema.get("type") or "text")
    if schema.get("default") not in (None, ""):
        said += f", {schema['default']} unless told otherwise"
    return said


def _followed(reference: str, description: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = description
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}
