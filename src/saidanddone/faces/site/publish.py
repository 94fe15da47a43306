"""Publish: a site of an archive, built into a folder; a rebuild writes only what changed."""

from __future__ import annotations

import sys
from pathlib import Path

from saidanddone.errors import BadChoice
from saidanddone.faces.pages import Site
from saidanddone.faces.site.building import Build, Published
from saidanddone.faces.site.chosen import chosen
from saidanddone.faces.site.folder import Folder, last_norms
from saidanddone.faces.site.pool import Progress
from saidanddone.faces.site.settings import Settings
from saidanddone.faces.site.worker import Task, opened


def publish(
    out: Path,
    *,
    archive: Path | None = None,
    dataset: str | None = None,
    since: str | None = None,
    until: str | None = None,
    settings: Settings | None = None,
    refit: bool = False,
    jobs: int = 2,
    progress: Progress = lambda *_: None,
) -> Published:
    """Build the site of an archive, or of the case that ships, into a folder.

    refit: fit the norms anew, and so build all pages. jobs: processes that build pages. Raises
    errors of saidanddone.errors; what a run that was killed has finished is not built again.
    """
    settings = settings or Settings()
    if jobs < 1:
        raise BadChoice(f"--jobs {jobs} builds nothing", "a whole number from 1", "raise --jobs")
    _apart(out, archive)
    progress("opening the data", 0, 0)
    kept = None if refit else last_norms(out)
    task = Task(out, archive, dataset, since, until, kept, Site())
    atlas = opened(task)  # what is wrong with the data is told before anything is written
    pairs = chosen(atlas, settings.pairs)
    with Folder.opened(out) as folder:
        build = Build(folder, task, atlas, pairs, settings, jobs=jobs, progress=progress)
        return build.run(refit=refit)


def _apart(out: Path, archive: Path | None) -> None:
    """Keep the site and the archive apart: a server would hand the archive out, or a build lie in
    what `check` proves whole.
    """
    if archive is None:
        return
    site, data = out.resolve(), archive.resolve()
    if site == data or data in site.parents or site in data.parents:
        how = "lies in the archive" if data in (site, *site.parents) else "holds the archive"
        raise BadChoice(
            f"OUT '{out}' {how} '{archive}'",
            "a folder of its own for the site",
            "choose another OUT",
        )


def say(found: Published) -> None:
    """Say on stderr what became of a build."""
    pages = f"{found.pages:,} page{'' if found.pages == 1 else 's'} of pairs, {found.built:,} built"
    removed = f", {found.removed:,} removed" if found.removed else ""
    why = f" All were built anew: {found.why[0]}." if found.why else ""
    sys.stderr.write(f"{pages}; {found.written:,} files written{removed}.{why}\n")
