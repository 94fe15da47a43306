"""Settings of a static site: what is understood, and that all else is refused in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from saidanddone.errors import BadInput
from saidanddone.faces.site import Settings, read_settings, two_names

WHOLE = """\
title = "Words and deeds"
base_url = "https://example.org/words"
about = "One paragraph.\\n\\nAnother."
contact = "desk@example.org"
pairs = [["Russia", "Syria"], ["China", "North Korea"]]
documents = "none"
"""


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "site.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_all_keys_are_understood(written):
    found = read_settings(written(WHOLE))
    assert found == Settings(
        "Words and deeds",
        "https://example.org/words/",
        "One paragraph.\n\nAnother.",
        "desk@example.org",
        (("Russia", "Syria"), ("China", "North Korea")),
        "none",
    )


def test_an_empty_file_gives_the_defaults(written):
    assert read_settings(written("")) == Settings()
    assert Settings().documents == "excerpts"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel = 'x'", "the key 'titel', which means nothing"),
        ("title = 3", "'title' is a number"),
        ("title = ' '", "the title is empty"),
        ("pairs = true", "'pairs' is true or false"),
        ("pairs = 0", "0 pairs make no site"),
        ("pairs = -4", "-4 pairs"),
        ("pairs = 'all'", "'pairs' is a text"),
        ("pairs = []", "'pairs' is a list"),
        ("pairs = [['Russia']]", "'pairs' is a list"),
        ("pairs = [['Russia', 3]]", "'pairs' is a list"),
        ("documents = 'all'", "'documents' is 'all'"),
        ("documents = 1", "'documents' is a number"),
        ("documents = []", "'documents' is a list"),
        ("about = ['a']", "'about' is a list"),
        ("contact = 2018-01-01", "'contact' is no such value"),
        ("base_url = 'example.org'", "'example.org' is no address of a site"),
        ("base_url = 'ftp://example.org/'", "no address of a site"),
        ("base_url = 'https://'", "no address of a site"),
        ("base_url = 'https://a@b/'", "no address of a site"),
        ("base_url = 'https://example.org/?q=1'", "no address of a site"),
        ("base_url = 'https://exa mple.org/'", "no address of a site"),
        ("base_url = 'https://[::1'", "no address of a site"),
        ("base_url = 'https://example.org:0/'", "no address of a site"),
        ("base_url = 'https://example.org/<b>'", "no address of a site"),
        ("title = 'unclosed", "are no TOML"),
        ("title = 'a'\ntitle = 'b'", "are no TOML"),
        (b"title = '\xff'", "are no TOML"),
        (b"\x00", "are no TOML"),
        (b"#" * 1_000_001, "1,000,001 bytes"),
        ("title = '" + "x" * 100_001 + "'", "'title' is 100,001 characters"),
        ("pairs = " + "[" * 5_000, "are no TOML"),
    ],
)
def test_what_nobody_understands_is_refused(written, text, told):
    with pytest.raises(BadInput) as refused:
        read_settings(written(text))
    assert told in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
    with pytest.raises(BadInput, match="cannot be read"):
        read_settings(tmp_path)


def test_control_characters_do_not_come_through(written):
    assert read_settings(written('about = "a\\u0000b\\u0007\\nc"')).about == "ab\nc"


@pytest.mark.parametrize("typed", ["russia", "russia:", ":syria", "", ":"])
def test_a_pair_needs_two_names(typed):
    with pytest.raises(BadInput, match="names no pair"):
        two_names(typed)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--pairs", "3", "--pair", "russia:syria"], "--pairs and --pair are both given"),
        (["--pairs", "0"], "0 pairs make no site"),
        (["--pair", "russia:atlantis"], "atlantis"),
        (["--pair", "russia:moscow"], "both Russia"),
        (["--jobs", "0"], "--jobs 0 builds nothing"),
        (["--settings", "missing.toml"], "cannot be read"),
        (["--archive", "missing"], "holds no archive"),
        (["--dataset", "none"], "there is no dataset 'none'"),
        (["--since", "2019-02-30"], "2019-02-30"),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path: Path, arguments, told):
    command = [sys.executable, "-m", "saidanddone.faces.cli", "publish", "out", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
