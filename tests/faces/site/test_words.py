"""The search index: the same for the same pages, whatever the way to it."""

from __future__ import annotations

import json

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from saidanddone.faces.site import words

TEXTS = st.lists(st.text(max_size=30), max_size=4)
PAGES = st.dictionaries(st.sampled_from(["A-B", "A-C", "B-A", "C-A"]), TEXTS, max_size=4)


def _index(pages):
    return words.indexed({}, [], {key: words.counted(texts) for key, texts in pages.items()})


@given(PAGES, PAGES)
def test_an_index_brought_up_to_date_is_one_made_anew(before, after):
    changed = {key for key, texts in after.items() if before.get(key) != texts}
    gone = set(before) - set(after)
    new = {key: words.counted(after[key]) for key in changed}
    assert words.indexed(_index(before), gone, new) == _index(after)


@given(st.text())
def test_every_word_is_found_in_its_file(text):
    for word in words.tokens(text):
        name = words.shard(word)
        assert name.isascii()
        assert name.isalnum()
        assert words.indexed({}, [], {"A-B": {word: 1}}) == {name: {word: {"A-B": 1}}}


@given(st.text())
def test_words_of_words_are_the_same(text):
    for word in words.tokens(text):
        assert words.tokens(word) in ([word], words.tokens(word[: words.LONGEST]))


def test_accents_and_case_do_not_matter():
    assert words.tokens("ÉLYSÉE") == words.tokens("Elysée") == ["elysee"]


def test_an_act_counts_once_however_often_it_says_a_word():
    assert words.counted(["talks about talks", "talks"])["talks"] == 2


def test_texts_come_back_as_they_were_written():
    rows = {
        "key": ["a1"],
        "date": ["2018-03"],
        "channel": ["said"],
        "valence": [1],
        "text": ['</script><b>"x"'],
    }
    raw = words.acts_json(pl.DataFrame(rows))
    assert words.texts(raw) == ['</script><b>"x"']
    assert json.loads(raw) == [["a1", "2018-03", "said", 1, '</script><b>"x"']]


def test_damaged_files_of_words_are_made_anew():
    assert words.read_words(b"{") is None
    assert words.read_words(b"[1]") is None
    assert words.read_index(["nu"], lambda _: None) is None
