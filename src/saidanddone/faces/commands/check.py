"""The command check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from saidanddone.faces import failure
from saidanddone.faces.options import DEFAULT_ARCHIVE, Json
from saidanddone.faces.output import console, print_json


def check(
    archive: Annotated[Path, typer.Option(help="The archive.")] = DEFAULT_ARCHIVE,
    as_json: Json = False,
) -> None:
    """Prove an archive whole, or name what is not."""
    from saidanddone.faces import python, receipt

    findings = python.check(archive)
    if as_json:
        from dataclasses import asdict

        print_json([asdict(finding) for finding in findings])
    else:
        receipt.show_findings(findings, archive, console())
    if any(finding.severity == "fault" for finding in findings):
        raise typer.Exit(failure.BAD_INPUT)
