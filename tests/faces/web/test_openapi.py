"""The API's description: valid, complete, and true of what the API answers when it is fuzzed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from starlette.testclient import TestClient

from saidanddone.faces import web

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture(scope="session")
def description(case: TestClient) -> dict[str, Any]:
    return dict(case.get("/openapi.json").json())


def test_it_is_openapi_3_1(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    jsonschema = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    for shape in description["components"]["schemas"].values():
        jsonschema.validator_for({**shape, "components": description["components"]})


def test_everything_is_described(description: dict[str, Any]) -> None:
    assert len(description["paths"]) >= 14
    for path, item in description["paths"].items():
        assert set(item) == {"get"}, path
        operation = item["get"]
        assert operation["summary"] and operation["description"], path
        assert "422" in operation["responses"], path
        for status, answer in operation["responses"].items():
            if status != "200":
                assert list(answer["content"]) == ["application/problem+json"]
        ok = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert ok, path


def test_the_page_of_the_api_names_every_path(
    case: TestClient, description: dict[str, Any]
) -> None:
    page = case.get("/api/").text
    assert all(path in page for path in description["paths"])
    assert "//cdn" not in page


CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
]


POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE

SECONDS = 600
"""A machine may be slow; that is no failure of an answer."""


@pytest.mark.parametrize(
    ("world", "mode", "examples"),
    [("case", POSITIVE, 12), ("case", NEGATIVE, 12), ("census", POSITIVE, 3)],
)
def test_no_question_breaks_it(census_archive: Path, world: str, mode: Any, examples: int) -> None:
    """Every answer has a described status, media type and shape, and none is a server's error."""
    app = web.application(web.Settings(archive=census_archive if world == "census" else None))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 14
    for operation in operations:

        @given(operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def ask(question: Any) -> None:
            question.validate_response(question.call(timeout=SECONDS), checks=CHECKS)

        with suppress(Unsatisfiable):  # a question without fields cannot be asked wrongly
            ask()
