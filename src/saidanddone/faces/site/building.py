"""A build on its way: which pages stand, which are built, what else is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from saidanddone import __version__
from saidanddone.faces.pages import Site
from saidanddone.faces.pages.environment import name_of
from saidanddone.faces.site import words
from saidanddone.faces.site.chosen import (
    Ids,
    actors_of,
    documents_of,
    page_addresses,
    path_of,
    prints_of,
)
from saidanddone.faces.site.documents import documents
from saidanddone.faces.site.feed import ENTRIES, NO_DAY, entry
from saidanddone.faces.site.folder import Folder, same_size
from saidanddone.faces.site.frame import frame, inputs, moved
from saidanddone.faces.site.manifest import Built, Manifest, Snapshot
from saidanddone.faces.site.pool import Progress, built
from saidanddone.faces.site.rest import rest, search_address, search_table
from saidanddone.faces.site.settings import Settings
from saidanddone.faces.site.snapshot import changes
from saidanddone.faces.site.worker import Order, Task, key_of, opened, paths_of

if TYPE_CHECKING:
    from saidanddone.dossier import Atlas


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a build.

    pages: pages of pairs on the site; built: those built in this run; written, removed: files. why:
    why all pages were built, in clauses; empty where only changed ones were. content: of the
    dataset; norms_of: that on which the norms were fitted.
    """

    pages: int
    built: int
    written: int
    removed: int
    why: tuple[str, ...]
    content: str
    norms_of: str


class Build:
    """One build on its way."""

    def __init__(
        self,
        folder: Folder,
        task: Task,
        atlas: Atlas,
        pairs: Sequence[Ids],
        settings: Settings,
        *,
        jobs: int,
        progress: Progress,
    ) -> None:
        self.folder = folder
        self.task = task
        self.atlas = atlas
        self.pairs = pairs
        self.settings = settings
        self.jobs = jobs
        self.progress = progress
        self.site = Site()
        self.frame: dict[str, Any] = {}

    def run(self, *, refit: bool) -> Published:
        """Build and write what changed, remove what is gone."""
        folder = self.folder
        why = self._prepare(refit=refit)
        folder.claim([path_of(address) for address in self.site.pages or ()])
        folder.claim(path for pair in self.pairs for path in paths_of(*pair))
        pages, orders = self._orders()
        folder.begin([order.key for order in orders])
        ready = built(self.task, self.atlas, orders, self.jobs, self.progress)
        for key, page, fresh in ready:
            folder.finish(key, page, fresh)
            pages[key] = page
        now = Manifest(self.atlas.generation, self.frame, dict(sorted(pages.items())))
        self.progress("writing the pages of states, topics and search", 0, 0)
        self._tell(now)
        for path, content in self._others(now):
            now.files[path] = folder.write(path, content)
        now.indexed = {key: page.inputs for key, page in pages.items()}
        folder.close(now)
        return Published(
            len(pages),
            len(orders),
            folder.written,
            folder.removed,
            tuple(why),
            self.atlas.generation,
            self.atlas.norms_of,
        )

    def _prepare(self, *, refit: bool) -> list[str]:
        """Decide which norms serve and which pages there will be; why all are built, if so."""
        site = self._site()
        now = frame(self.atlas, site)
        why = self._why(now, refit=refit)
        if why and self.atlas.norms_of != self.atlas.generation:
            self.atlas = opened(replace(self.task, norms_of=None))
            now = frame(self.atlas, site)
        # As long as nothing forces all pages, drifts add up from the last build of all.
        self.frame = now if why else self.folder.before.frame
        told = documents_of(self.atlas, self.pairs) if site.documents else set()
        topics = [topic.topic for topic in self.atlas.topics()]
        there = page_addresses(self.pairs, topics, told)
        norms_of = self.atlas.norms_of if self.atlas.census else None
        self.site = replace(site, pages=there, documents=bool(told), norms_of=norms_of)
        self.task = replace(self.task, norms_of=self.atlas.norms_of, site=self.site)
        return why

    def _site(self) -> Site:
        settings, atlas = self.settings, self.atlas
        return Site(
            title=settings.title,
            about=settings.about,
            contact=settings.contact,
            dataset=atlas.dataset.title or atlas.dataset.name,
            kind=atlas.dataset.kind,
            generation=atlas.generation,
            version=__version__,
            updated=atlas.updated,
            states=tuple(sorted(name_of(id_) for id_ in actors_of(self.pairs))),
            static=True,
            parquet=False,
            png=False,
            documents=settings.documents != "none",
            api=False,
            scripted_search=search_address(),
            policy=True,
            base_url=settings.base_url,
        )

    def _why(self, now: Mapping[str, object], *, refit: bool) -> list[str]:
        """Why all pages are built; empty where only those are whose own acts changed."""
        before = self.folder.before.frame
        if not before:
            return ["it is the first build"]
        if refit:
            return ["the norms were to be fitted anew"]
        return moved(before, now, self.atlas.drift())

    def _orders(self) -> tuple[dict[str, Built], list[Order]]:
        """Pages that stand as they are, and those to build."""
        prints = prints_of(self.atlas, self.pairs)
        known = self.folder.known
        standing: dict[str, Built] = {}
        orders = []
        for source, target in self.pairs:
            own = prints[source, target]
            page = known.get(key_of(source, target))
            order = Order(source, target, own, inputs(self.frame, own), page)
            if page is not None and self._stands(page, order.inputs):
                standing[order.key] = page
            else:
                orders.append(order)
        return standing, orders

    def _stands(self, page: Built, wanted: str) -> bool:
        """Whether a page is as it would be built, its links lead where they should, and all of its
        files are there.
        """
        return (
            page.inputs == wanted
            and all(self.site.has(address) == there for address, there in page.asked.items())
            and all(same_size(self.folder.root / path, w) for path, w in page.files.items())
        )

    def _tell(self, now: Manifest) -> None:
        """Compare what pages say with the last build: the feed's entries, and what moved most."""
        before = self.folder.before
        day = str(self.atlas.updated or NO_DAY)
        now.entries, now.changed = before.entries, before.changed
        if before.pages:
            found = changes(_said(before.pages), _said(now.pages), day)
            fresh = [entry(change.to_dict(), self._where) for change in found]
            known = {one["id"] for one in before.entries}
            new = [one for one in fresh if one["id"] not in known]
            now.entries = [*new, *before.entries][:ENTRIES]
            if found:
                now.changed = [change.to_dict() for change in found]

    @property
    def _where(self) -> str:
        """What tells this site's feed from others."""
        return self.settings.base_url or f"{self.atlas.dataset.name} {self.settings.title}"

    def _others(self, now: Manifest) -> Iterator[tuple[str, bytes]]:
        """Every file that is not of a pair."""
        yield from rest(
            self.site,
            self.atlas,
            self.pairs,
            changed=now.changed,
            entries=now.entries,
            where=self._where,
        )
        whole = self.settings.documents == "whole"
        yield from documents(self.site, self.atlas.store, now.pages, whole=whole)
        shards = self._index(now)
        for name, found in shards.items():
            yield words.path_of(name), words.dumped(found)
        yield words.PAGES, search_table(self.atlas, now.pages, list(shards))

    def _index(self, now: Manifest) -> dict[str, words.Words]:
        """The search index: that of the last build, with the pages that are others since."""
        before, root = self.folder.before, self.folder.root
        prefix = words.path_of("").removesuffix(".json")
        names = [
            path.removeprefix(prefix).removesuffix(".json")
            for path in before.files
            if path.startswith(prefix)
        ]

        def read(path: str) -> bytes | None:
            try:
                return (root / path).read_bytes()
            except OSError:
                return None

        kept = words.read_index(names, read) if before.indexed and self.folder.whole else None
        indexed = before.indexed if kept is not None else {}
        new = {
            key: words.counted(words.texts(read(words.acts_path(key)) or b"[]"))
            for key, page in now.pages.items()
            if indexed.get(key) != page.inputs
        }
        gone = set(indexed) - set(now.pages)
        return dict(sorted(words.indexed(kept or {}, gone, new).items()))


def _said(pages: Mapping[str, Built]) -> dict[str, Snapshot]:
    return {key: page.snapshot for key, page in pages.items()}
