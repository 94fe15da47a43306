"""Reports: the whole dossier of a pair as a document, in Markdown or as PDF."""

from saidanddone.faces.report.blocks import Report
from saidanddone.faces.report.content import report
from saidanddone.faces.report.markdown import markdown
from saidanddone.faces.report.pdf import pdf

__all__ = ["Report", "markdown", "pdf", "report"]
