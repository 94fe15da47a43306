"""Print the norms of ICEWS that stand beside a selection (src/saidanddone/measure/icews_norms.csv).

    python benchmarks/icews_norms.py [FOLDER]

FOLDER holds icews_dyad_year_2002_2014.parquet and icews18.parquet (default ../shared/data/icews).
Norms are the world norm without dispersion, as method.md, section 8, gives them for verbal and
material; said and done come from the events of 2018, acts of governments counted once a day.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from saidanddone.archive import Archive
from saidanddone.dossier.channels import channels_of
from saidanddone.dossier.norms import World
from saidanddone.dossier.question import choices_for, merged_into
from saidanddone.measure.evidence import span_of
from saidanddone.model import Window
from saidanddone.sources import open_source

DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "icews"

SETS = (
    ("counts", None, "icews_dyad_year_2002_2014.parquet", "ICEWS 2002-2014, yearly counts"),
    ("table", "icews-2018", "icews18.parquet", "ICEWS January-October 2018, government acts"),
)


def main(folder: Path) -> None:
    print("channel,alpha,beta,tau,mean_log_n,pairs,fitted_on")
    done: set[str] = set()
    for format_name, mapping, file, fitted_on in SETS:
        with tempfile.TemporaryDirectory() as place:
            archive = Archive.create(Path(place) / "archive")
            archive.ingest(open_source(format_name, mapping=mapping), [folder / file])
            (dataset,) = archive.datasets()
            covered = archive.coverage(dataset.name)
            assert covered.first and covered.last
            span = span_of(covered.first, covered.last, dataset.grain)
            merged = merged_into([], predecessors=True)
            world = World(archive, dataset, Window(), merged, span, lambda _: None)
            choices = choices_for(dataset, dispersion="none")
            fits = world.fits(choices, channels_of(dataset.grain))
            for channel, fit in fits.channels.items():
                norm = fit.world
                if norm is None:
                    print(f"# {channel}: {fit.why_null}", file=sys.stderr)
                elif channel not in done:
                    done.add(channel)
                    numbers = (norm.alpha, norm.beta, norm.tau, norm.mean_log_n)
                    print(
                        channel,
                        *(f"{number:.4f}" for number in numbers),
                        norm.pairs,
                        f'"{fitted_on}"',
                        sep=",",
                    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
