"""JSON-LD: rdflib reads it offline, and every act leads back to its bytes and its coding."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest

from saidanddone import __version__
from saidanddone.faces.exports.jsonld import CONTEXT

from .conftest import HOSTILE, acts_of

rdflib = pytest.importorskip("rdflib")

# Its own reader of JSON-LD still uses what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SCHEMA = rdflib.Namespace("https://schema.org/")
SD = rdflib.Namespace("urn:saidanddone:term:")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where anything opens a connection."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)


def graph_of(content: bytes) -> Any:
    return rdflib.Graph().parse(data=content, format="json-ld")


def test_an_act_leads_back_to_its_bytes_and_its_coding(export: Any, offline: None) -> None:
    acts = acts_of(
        {"text": HOSTILE},
        {"date": date(1948, 10, 1), "precision": "month", "source": "SUN"},
        {"mode": "negated", "code": None, "file": None},
    )
    graph = graph_of(export("jsonld", acts)[0])
    found = list(graph.subjects(rdflib.RDF.type, SD.ReportedAct))
    assert len(found) == 3
    (coding,) = graph.subjects(rdflib.RDF.type, PROV.Activity)
    (software,) = graph.objects(coding, PROV.wasAssociatedWith)
    assert (software, SCHEMA.softwareVersion, rdflib.Literal(__version__)) in graph
    for act in found:
        assert (act, rdflib.RDF.type, PROV.Entity) in graph
        assert (act, PROV.wasGeneratedBy, coding) in graph
        assert graph.value(act, SD.valence) == rdflib.Literal(1)
        for side in (SD.source, SD.target):
            assert (graph.value(act, side), rdflib.RDF.type, PROV.Agent) in graph
    files = {graph.value(act, PROV.wasDerivedFrom) for act in found} - {None}
    digest = base64.urlsafe_b64encode(bytes.fromhex("ab" * 32)).decode().rstrip("=")
    assert files == {rdflib.URIRef(f"ni:///sha-256;{digest}")}
    texts = {str(graph.value(act, DCT.description)) for act in found}
    assert HOSTILE in texts
    dates = {str(graph.value(act, DCT.date).datatype).rpartition("#")[2] for act in found}
    assert dates == {"date", "gYearMonth"}


def test_every_word_stands_for_something(export: Any) -> None:
    document = json.loads(export("jsonld", acts_of({"place": "Moscow", "added": None}))[0])
    assert document["@context"] == CONTEXT
    for node in document["@graph"]:
        assert node["@id"]
        for name in node:
            assert name.startswith("@") or name in CONTEXT, name
    own = {iri.removeprefix("sd:") for iri in CONTEXT.values() if str(iri).startswith("sd:")}
    explained = {n["label"] for n in document["@graph"] if str(n["@id"]).startswith("sd:")}
    assert own - explained <= {"sha256"}


@pytest.mark.parametrize("url", ["https://example.org/a b", "https://example.org/{x}|\\^`ü"])
def test_an_address_that_is_none_does_no_harm(export: Any, url: str) -> None:
    graph = graph_of(export("jsonld", acts_of({"reference": f"<{url}>"}, {"reference": url}))[0])
    for address in graph.objects(None, SCHEMA.url):
        address.n3()
    assert len(list(graph.subjects(rdflib.RDF.type, SD.ReportedAct))) == 2


def test_the_census_is_whole(export: Any, census: Any) -> None:
    acts = census[0].head(300)
    graph = graph_of(export("jsonld", acts, census[1])[0])
    assert len(set(graph.subjects(rdflib.RDF.type, SD.ReportedAct))) == 300
