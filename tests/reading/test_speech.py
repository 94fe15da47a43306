"""Who speaks, before whom, and on whose word an act is told."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("spacy", reason="the extra 'read' is not installed")

from saidanddone.reading.parser import parse
from saidanddone.reading.sentence_acts import acts_in
from saidanddone.reading.speech import Speech


def _speech(sentence: str, source: str, target: str) -> Speech:
    found = acts_in(parse(sentence), published=date(2020, 1, 1))
    return next(act.speech for act in found if (act.source, act.target) == (source, target))


def test_a_report_names_who_tells_it() -> None:
    told = _speech("According to Interfax, Moscow supplied Syria with rockets.", "RUS", "SYR")
    assert told == Speech(speaker=None, audience=None, attribution="Interfax")


def test_who_says_what_another_did_is_its_attribution() -> None:
    told = _speech("Oslo said on Friday that Iran had fired missiles at Israel.", "IRN", "ISR")
    assert (told.speaker, told.attribution) == ("Oslo", "Oslo")


def test_who_praises_speaks() -> None:
    told = _speech("Before the General Assembly, Iran praised Oman.", "IRN", "OMN")
    assert told == Speech(speaker="Iran", audience="General Assembly", attribution=None)


def test_a_quotation_is_its_speakers() -> None:
    told = _speech('"We will strike Israel," Iran told reporters in Beirut.', "IRN", "ISR")
    assert (told.speaker, told.audience) == ("Iran", "reporters")
