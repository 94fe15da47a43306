"""The public names and what their functions take: a change here is a change for users."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import saidanddone as sd

SIGNATURES = {
    "ask": [
        "source", "target", "archive", "dataset", "since", "until", "against", "reading", "count",
        "actors", "without", "dispersion", "predecessors", "engine", "master", "progress",
    ],
    "rank": [
        "archive", "dataset", "since", "until", "corner", "region", "top", "predecessors",
        "engine", "master", "progress", "choices",
    ],
    "ingest": [
        "format", "paths", "archive", "mapping", "dataset", "keep", "engine", "master", "progress",
    ],
    "check": ["archive"],
    "audiences": ["source", "target", "archive", "choices"],
    "compare": [
        "source", "target", "archive", "beside", "datasets", "since", "until", "predecessors",
        "progress", "choices",
    ],
    "why": ["source", "target", "by", "placebos", "progress", "choices"],
    "curve": ["source", "target", "vary", "progress", "choices"],
    "movers": [
        "archive", "before", "after", "dataset", "region", "top", "predecessors", "progress",
        "choices",
    ],
    "fetch": [
        "format", "since", "until", "archive", "into", "dry_run", "progress", "options",
    ],
    "page": [
        "source", "target", "archive", "dataset", "since", "until", "against", "reading", "count",
        "actors", "without", "predecessors", "progress",
    ],
    "read": ["places", "into", "dataset", "jobs", "engine", "master", "progress"],
}  # fmt: skip


def test_the_public_names() -> None:
    assert sd.__all__ == [
        "Archive", "SaidAndDoneError", "__version__", "ask", "audiences", "check", "compare",
        "curve", "fetch", "ingest", "movers", "page", "rank", "read", "series", "study",
        "study_targets", "why",
    ]  # fmt: skip
    assert dir(sd) == sorted(sd.__all__)
    assert all(getattr(sd, name) is not None for name in sd.__all__)


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_parameters(name: str) -> None:
    parameters = inspect.signature(getattr(sd, name)).parameters
    assert list(parameters) == SIGNATURES[name]


def test_choices_are_given_by_name() -> None:
    for name in ("ask", "rank", "ingest"):
        kinds = [p.kind for p in inspect.signature(getattr(sd, name)).parameters.values()]
        positional = sum(kind is inspect.Parameter.POSITIONAL_OR_KEYWORD for kind in kinds)
        assert positional == {"ask": 2, "rank": 1, "ingest": 3}[name]


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sd.nothing


def test_every_error_is_public_and_has_three_parts() -> None:
    from saidanddone import errors

    raised = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert len(raised) > 10
    for error in raised:
        assert issubclass(error, sd.SaidAndDoneError)
        assert str(error("a", "b", "c")) == "a; expected b; c."


def test_types_are_shipped() -> None:
    assert (Path(sd.__file__).parent / "py.typed").is_file()


def test_importing_the_package_is_light() -> None:
    import subprocess
    import sys

    code = (
        "import sys, saidanddone, saidanddone.faces.cli;"
        "print([m for m in ('polars', 'scipy', 'altair', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
