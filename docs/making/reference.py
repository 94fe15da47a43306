"""The reference of the Python names, written from their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

ROOMS = (
    "errors",
    "model",
    "codes",
    "actors",
    "sources",
    "sources.votes",
    "sources.gdelt",
    "reading",
    "archive",
    "dossier",
)
"""Rooms whose names others may use, in the order in which they may import each other."""

ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>*_[]|#"}
"""Signs that Markdown would take for markup; docstrings are plain text."""


def pages() -> dict[str, str]:
    """Return the pages of the reference by their file names."""
    top = import_module("saidanddone")
    public = [*_heading("Python", top), *_names(top, 2)]
    rooms = [
        "# Python, room by room\n",
        "What lies behind the commands, for those who build on it. [The house](house.md) says how "
        "the rooms hang together. Names that are not listed may change at any time.\n",
    ]
    for name in ROOMS:
        module = import_module(f"saidanddone.{name}")
        rooms += [f"## `saidanddone.{name}`\n", _prose(inspect.getdoc(module) or "")]
        rooms += _names(module, 3)
    return {"reference.md": "\n".join(public), "rooms.md": "\n".join(rooms)}


def _heading(title: str, module: ModuleType) -> Iterator[str]:
    yield f"# {title}\n"
    yield _prose(inspect.getdoc(module) or "")
    yield "All names of `import saidanddone as sd`. Keywords are the options of the commands of the"
    yield "same name: [commands.md](commands.md). Errors derive from `SaidAndDoneError`.\n"


def _names(module: ModuleType, level: int) -> Iterator[str]:
    """Describe a module's public names, classes with their fields and methods."""
    for name in _public(module):
        value = getattr(module, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield f"{'#' * level} `{name}`\n"
            yield _signature(name, value)
            yield _prose(inspect.getdoc(value) or "")
            if inspect.isclass(value) and not issubclass(value, Exception):
                yield from _members(value)
        elif not inspect.ismodule(value):
            yield f"{'#' * level} `{name}`\n"
            yield f"```text\n{name}: {type(value).__name__}\n```\n"


def _public(module: ModuleType) -> list[str]:
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(listed, key=str.lower)
    own = [name for name, value in vars(module).items() if _lives_in(value, module)]
    return [name for name in own if not name.startswith("_")]


def _lives_in(value: Any, module: ModuleType) -> bool:
    here = getattr(value, "__module__", None) == module.__name__
    return here and (inspect.isclass(value) or inspect.isfunction(value))


def _signature(name: str, value: Any) -> str:
    """The call as one would type it, one parameter a line where it is long."""
    if inspect.isclass(value) and issubclass(value, Exception):
        bases = ", ".join(base.__name__ for base in value.__bases__)
        return f"```text\nclass {name}({bases})\n```\n"
    try:
        given = inspect.signature(value)
    except ValueError:
        return ""
    parameters = [_parameter(each) for each in given.parameters.values()]
    kinds = [parameter.kind for parameter in given.parameters.values()]
    if inspect.Parameter.KEYWORD_ONLY in kinds and inspect.Parameter.VAR_POSITIONAL not in kinds:
        parameters.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    returned = given.return_annotation
    after = (
        "" if returned is inspect.Parameter.empty or inspect.isclass(value) else f" -> {returned}"
    )
    whole = f"{name}({', '.join(parameters)}){after}"
    if len(whole) > 90:
        whole = f"{name}(\n    " + ",\n    ".join(parameters) + f",\n){after}"
    return f"```text\n{whole}\n```\n"


def _parameter(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    written = f"{stars}{parameter.name}"
    if parameter.annotation is not parameter.empty:
        written += f": {parameter.annotation}"
    if parameter.default is not parameter.empty:
        # A function as a default carries an address, which would differ in every build.
        shown = "..." if callable(parameter.default) else repr(parameter.default)
        written += f" = {shown}"
    return written


def _members(value: type) -> Iterator[str]:
    if is_dataclass(value) and fields(value):
        listed = ", ".join(f"`{field.name}`" for field in fields(value))
        yield f"Fields: {listed}.\n"
    for name, member in vars(value).items():
        if name.startswith("_"):
            continue
        function = member.fget if isinstance(member, property) else member
        function = getattr(function, "__func__", function)
        if not inspect.isfunction(function):
            continue
        about = (inspect.getdoc(function) or "").split("\n\n")[0]
        call = name if isinstance(member, property) else f"{name}()"
        yield f"- `{call}`: {_escaped(about)}"
    yield ""


def _escaped(text: str) -> str:
    text = re.sub(r":(?:meth|func|class|mod):(?=`)", "", text.replace("\n", " "))
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(p if p.startswith("`") else p.translate(ENTITIES) for p in parts)


def _prose(docstring: str) -> str:
    """A docstring as Markdown: paragraphs, examples and indented blocks as code."""
    written = []
    for paragraph in docstring.split("\n\n"):
        if not paragraph.strip():
            continue
        if paragraph.lstrip().startswith(">>>"):
            written.append(f"```python\n{paragraph}\n```")
        elif paragraph.startswith("    "):
            written.append(f"```text\n{inspect.cleandoc(paragraph)}\n```")
        else:
            written.append(_escaped(paragraph))
    return "\n\n".join(written) + "\n"
