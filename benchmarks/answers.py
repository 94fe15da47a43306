"""Print the answers that docs/answers.md reads.

    python benchmarks/answers.py ARCHIVE_2018 ARCHIVE_COUNTS

ARCHIVE_2018 holds the ICEWS events of 2018 (saidanddone ingest table icews18.parquet --mapping
icews-2018), ARCHIVE_COUNTS the yearly counts 2002-2014 (saidanddone ingest counts ...).
"""

from __future__ import annotations

import sys

import saidanddone as sd

PAIRS = (
    ("Russia", "North Korea"),
    ("China", "North Korea"),
    ("United States", "North Korea"),
    ("Japan", "North Korea"),
    ("South Korea", "North Korea"),
    ("Russia", "Syria"),
    ("Russia", "Ukraine"),
    ("Russia", "Georgia"),
)
NORMS = ("world", "plain", "peers", "self")


def main() -> None:
    for archive in sys.argv[1:3]:
        print(f"\n{archive}")
        for source, target in PAIRS:
            parts = []
            for against in NORMS:
                answer = sd.ask(source, target, archive=archive, against=against)
                if answer.gap is None:
                    parts.append(f"{against}: none")
                    continue
                low, high = answer.gap.interval90
                parts.append(
                    f"{against} {answer.gap.estimate:+.2f} ({low:+.2f} to {high:+.2f}) "
                    f"{answer.verdict.direction or 'undecided'}"
                )
            words, deeds = (answer.channels[name] for name in answer.words_and_deeds)
            table = answer.robustness
            print(
                f"{source} -> {target}: words {words.cooperative:,} of {words.n:,}, deeds "
                f"{deeds.cooperative:,} of {deeds.n:,}; {table.same_direction} of "
                f"{table.specifications} agree; " + "; ".join(parts)
            )
            for item in answer.carrying[:3]:
                print(f"    carries: {item.date} {item.code} {item.valence:+d} {item.text[:70]}")
            for item in answer.opposing[:2]:
                print(f"    against: {item.date} {item.code} {item.valence:+d} {item.text[:70]}")


if __name__ == "__main__":
    main()
