"""What an ingest or a check did, on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from saidanddone.archive import FileReport, Finding, Ingest

FILES_SHOWN = 50
"""Files that are told one by one; of more only those that were refused, and all reasons at once."""


def show(report: Ingest, archive: Path, console: Console) -> None:
    """Print the balance of rows, by file and in all."""
    many = len(report.files) > FILES_SHOWN
    for file in report.having("refused") if many else report.files:
        console.print(Text(f"{file.path}: {_said(file)}"), soft_wrap=True)
        for reason, rows in sorted(file.reasons.items(), key=lambda item: -item[1]):
            console.print(Text(f"    {rows:,}  {reason}"), soft_wrap=True)
    if many:
        reasons: Counter[str] = Counter()
        for file in report.having("ingested"):
            reasons.update(file.reasons)
        for reason, rows in reasons.most_common():
            console.print(Text(f"    {rows:,}  {reason}"), soft_wrap=True)
    ingested, there = len(report.having("ingested")), len(report.having("already there"))
    console.print(
        Text(
            f"{ingested} ingested, {there} already there, {len(report.having('refused'))} refused; "
            f"rows read {report.rows:,} = kept {report.kept:,} + set aside {report.set_aside:,} + "
            f"filtered {report.filtered:,}"
        ),
        soft_wrap=True,
    )
    console.print(Text(f"archive: {archive}"), soft_wrap=True)


def _said(file: FileReport) -> str:
    if file.status == "refused":
        return "refused"
    if file.status == "already there":
        return "already there, nothing changed"
    return (
        f"rows read {file.rows:,} = kept {file.kept:,} + set aside {file.set_aside:,} + "
        f"filtered {file.filtered:,}"
    )


def show_findings(findings: Sequence[Finding], archive: Path, console: Console) -> None:
    """Print what a check found."""
    for finding in findings:
        line = f"{finding.severity}: {finding.where}: {finding.what}; {finding.do}"
        console.print(Text(line), soft_wrap=True)
    faults = sum(finding.severity == "fault" for finding in findings)
    verdict = "whole" if not faults else f"not whole: {faults} fault{'s' if faults > 1 else ''}"
    console.print(Text(f"{archive} is {verdict}"), soft_wrap=True)
