"""Publishing a site: the same bytes for the same data, little work for little change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import saidanddone as sd
from saidanddone.errors import BadChoice, UnknownActor
from saidanddone.faces.site import Published, Settings, frame, publish
from saidanddone.faces.site.folder import JOURNAL

from ... import worlds

Tree = dict[str, bytes]
PAIRS = (("Russia", "North Korea"), ("North Korea", "Russia"), ("France", "Peru"))
TOLD = {"feed.atom", "updates/index.html", "index.html", ".saidanddone-site.json"}
"""What tells of changes since the last build."""

SETTINGS = Settings(pairs=PAIRS, base_url="https://example.org/words/", title="Words & deeds")


def tree(root: Path) -> Tree:
    """Every file of a site but the lock."""
    files = (path for path in root.rglob("*") if path.is_file())
    found = {str(path.relative_to(root)): path.read_bytes() for path in files}
    return {path: raw for path, raw in found.items() if not path.endswith(".lock")}


def differing(one: Tree, other: Tree) -> set[str]:
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


@pytest.fixture(scope="module")
def archive(census_archive: Path) -> Path:
    return census_archive


@pytest.fixture(scope="module")
def built(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three pairs of the census; tests copy it."""
    out = tmp_path_factory.mktemp("site") / "out"
    found = publish(out, archive=archive, settings=SETTINGS, jobs=1)
    assert (found.pages, found.built) == (3, 3)
    assert found.norms_of == found.content
    return out


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


@pytest.fixture(scope="module")
def one_more(
    archive: Path, census_tables: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of the archive with one act more, of Russia toward North Korea; only read."""
    folder = tmp_path_factory.mktemp("more")
    path = Path(shutil.copytree(archive, folder / "archive"))
    act = worlds.Report("1992-12-30", "Russia", "North Korea", "057", "one act more: zyzzyva")
    table = worlds.write_table(folder / "more.csv", [act], 90_000)
    (report,) = sd.ingest("table", [table], path, mapping=census_tables["mapping"]).files
    assert report.status == "ingested", report.error
    return path


@contextmanager
def tolerating(volume: float, logits: float) -> Iterator[None]:
    """In so small a census one act is more than a hundredth of a month's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "VOLUME", volume)
        patch.setattr(frame, "LOGITS", logits)
        yield


@pytest.fixture(scope="module")
def grown(
    built: Path, one_more: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Published]:
    """The site after one act more, within the tolerances; tests copy it."""
    out = Path(shutil.copytree(built, tmp_path_factory.mktemp("grown") / "out"))
    with tolerating(0.1, 0.5):
        return out, publish(out, archive=one_more, settings=SETTINGS, jobs=1)


@pytest.fixture(scope="module")
def fresh(one_more: Path, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """What a first build of the data with one act more gives."""
    out = tmp_path_factory.mktemp("fresh") / "out"
    publish(out, archive=one_more, settings=SETTINGS, jobs=1)
    return tree(out)


def test_a_rebuild_of_the_same_writes_nothing(site: Path, archive: Path):
    before = tree(site)
    times = {path: (site / path).stat().st_mtime_ns for path in before}
    found = publish(site, archive=archive, settings=SETTINGS, jobs=1)
    assert (found.built, found.written, found.removed, found.why) == (0, 0, 0, ())
    assert tree(site) == before
    assert {path: (site / path).stat().st_mtime_ns for path in before} == times


def test_another_folder_gets_the_same_bytes(built: Path, archive: Path, tmp_path: Path):
    publish(tmp_path / "other", archive=archive, settings=SETTINGS, jobs=1)
    assert tree(tmp_path / "other") == tree(built)


def test_processes_build_the_same_bytes(built: Path, archive: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("saidanddone.faces.site.pool.FEW", 1)
    publish(tmp_path / "other", archive=archive, settings=SETTINGS, jobs=2)
    assert tree(tmp_path / "other") == tree(built)


def test_one_act_more_changes_its_page_alone(built: Path, grown: tuple[Path, Published]):
    out, found = grown
    assert (found.built, found.why) == (1, ())
    assert found.norms_of != found.content
    changed = differing(tree(built), tree(out))
    page = "pairs/russia/north-korea/"
    others = {
        path
        for path in changed
        if path.startswith(("pairs/", "search/acts/")) and not path.startswith(page)
    }
    assert others == {"pairs/index.html", "search/acts/RUS-PRK.json"}
    assert f"{page}index.html" in changed
    assert "search/words/zy.json" in changed
    assert {"index.html", "updates/index.html", "feed.atom"} <= changed
    assert len([path for path in changed if path.startswith("search/words/")]) < 8
    for path in ("names.json", "sitemap.xml", "robots.txt", "search/search.js"):
        assert path not in changed


def test_pages_say_which_content_their_norms_are_of(grown: tuple[Path, Published]):
    out, found = grown
    page = (out / "pairs/russia/north-korea/index.html").read_text()
    other = (out / "pairs/france/peru/index.html").read_text()
    assert found.norms_of[:12] in page
    assert found.content[:12] in page
    assert found.content[:12] not in other
    assert found.norms_of[:12] in other


def test_the_feed_tells_what_changed(grown: tuple[Path, Published]):
    out, _ = grown
    names = {"a": "http://www.w3.org/2005/Atom"}
    (entry,) = ET.parse(out / "feed.atom").getroot().findall("a:entry", names)
    assert "1 act more" in entry.findtext("a:title", "", names)
    assert entry.findtext("a:updated", "", names).startswith("1992-12-3")
    assert "1 act more" in (out / "updates/index.html").read_text()
    assert "1 act more" in (out / "index.html").read_text()


def test_a_grown_site_is_left_as_it_is_and_refitted_when_told(
    grown: tuple[Path, Published], one_more: Path, fresh: Tree, tmp_path: Path
):
    out = Path(shutil.copytree(grown[0], tmp_path / "out"))
    before = tree(out)
    with tolerating(0.1, 0.5):
        found = publish(out, archive=one_more, settings=SETTINGS, jobs=1)
    assert (found.built, found.written, found.why) == (0, 0, ())
    assert tree(out) == before
    found = publish(out, archive=one_more, settings=SETTINGS, refit=True, jobs=1)
    assert found.built == 3
    assert found.norms_of == found.content
    assert differing(tree(out), fresh) <= TOLD


@pytest.mark.parametrize(
    ("volume", "logits", "why"),
    [(0.0, 0.5, "the acts of all pairs in 1992-12"), (1.0, 0.0, "the norms moved by")],
)
def test_beyond_a_tolerance_all_pages_are_built(
    site: Path, one_more: Path, volume: float, logits: float, why: str
):
    with tolerating(volume, logits):
        found = publish(site, archive=one_more, settings=SETTINGS, jobs=1)
    assert found.built == 3
    assert found.norms_of == found.content
    assert why in found.why[0]


def test_norms_that_are_no_more_kept_are_fitted_anew(grown: tuple[Path, Published]):
    before = json.loads((grown[0] / ".saidanddone-site.json").read_bytes())["frame"]
    assert "no more kept" in frame.moved(before, before | {"norms_of": "other"}, 0.0)[0]
    assert frame.moved(before, before, 0.0) == []


def test_pages_that_are_no_more_asked_for_go(site: Path, archive: Path):
    (site / "pairs/france/peru/notes.txt").write_text("mine")
    fewer = replace(SETTINGS, pairs=PAIRS[:2])
    found = publish(site, archive=archive, settings=fewer, jobs=1)
    assert found.pages == 2
    left = tree(site)
    assert [path for path in left if path.startswith("pairs/france")] == [
        "pairs/france/peru/notes.txt"
    ]
    assert "search/acts/FRA-PER.json" not in left
    assert b"FRA-PER" not in b"".join(raw for path, raw in left.items() if "search/" in path)
    assert "states/france/index.html" not in left


def test_a_page_that_links_to_one_that_goes_is_built_again(site: Path, archive: Path):
    page = site / "pairs/russia/north-korea/index.html"
    assert 'href="../../north-korea/russia/"' in page.read_text()
    fewer = replace(SETTINGS, pairs=(PAIRS[0], PAIRS[2]))
    found = publish(site, archive=archive, settings=fewer, jobs=1)
    assert (found.pages, found.built, found.why) == (2, 1, ())
    assert 'href="../../north-korea/russia/"' not in page.read_text()
    assert 'href="../../pairs/north-korea/' not in (site / "states/russia/index.html").read_text()


def test_a_file_that_was_lost_comes_back(site: Path, archive: Path):
    before = tree(site)
    (site / "pairs/france/peru/acts.csv").unlink()
    (site / "names.json").unlink()
    (site / "search/words").rename(site.parent / "elsewhere")
    publish(site, archive=archive, settings=SETTINGS, jobs=1)
    assert tree(site) == before


KILLED = """
import os, sys
from pathlib import Path
from saidanddone.faces.site import folder, frame, publish
from saidanddone.faces.site.settings import Settings
real, left = folder.put, [int(sys.argv[3])]
def put(*given):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    return real(*given)
folder.put = put
frame.software = lambda: sys.argv[4]  # code that is edited while tests run is no matter here
pairs = (("Russia", "North Korea"), ("North Korea", "Russia"), ("France", "Peru"))
given = Settings(pairs=pairs, base_url="https://example.org/words/", title="Words & deeds")
publish(Path(sys.argv[1]), archive=Path(sys.argv[2]), settings=given, jobs=1)
"""


def kill(out: Path, archive: Path, writes: int) -> None:
    """Let a build end without a word after some files."""
    given = [str(out), str(archive), str(writes), frame.software()]
    assert subprocess.run([sys.executable, "-c", KILLED, *given], check=False).returncode == 9


@pytest.mark.parametrize(("writes", "left"), [(3, 3), (60, 0)])
def test_a_killed_build_is_completed_by_the_next(
    built: Path, archive: Path, tmp_path: Path, writes: int, left: int
):
    out = tmp_path / "out"
    kill(out, archive, writes)
    assert (out / JOURNAL).exists()
    found = publish(out, archive=archive, settings=SETTINGS, jobs=1)
    assert found.built == left
    assert tree(out) == tree(built)


def test_a_build_killed_on_the_way_to_new_data_is_completed(
    site: Path, one_more: Path, fresh: Tree
):
    kill(site, one_more, 20)
    publish(site, archive=one_more, settings=SETTINGS, jobs=1)
    assert differing(tree(site), fresh) <= TOLD


def test_out_and_archive_are_kept_apart(archive: Path, tmp_path: Path):
    for out, told in ((archive / "site", "lies in"), (archive, "lies in"), (archive.parent, "hol")):
        with pytest.raises(BadChoice, match=told):
            publish(out, archive=archive, settings=SETTINGS)
    assert not (archive / "site").exists()


def test_a_folder_with_files_of_others_in_the_way_is_refused(archive: Path, tmp_path: Path):
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(BadChoice, match="not of this site"):
        publish(tmp_path, archive=archive, settings=SETTINGS, jobs=1)
    assert {p: raw for p, raw in tree(tmp_path).items() if not p.startswith(".")} == {
        "index.html": b"mine"
    }


def test_an_unknown_pair_leaves_nothing_behind(archive: Path, tmp_path: Path):
    with pytest.raises(UnknownActor):
        publish(tmp_path / "out", archive=archive, settings=Settings(pairs=(("Russia", "Oz"),)))
    assert not (tmp_path / "out").exists()
