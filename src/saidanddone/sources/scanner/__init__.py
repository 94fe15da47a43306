"""The scanner: GDELT exports counted by one compiled pass over their text, where it was built.

It is a shared library in plain C without dependencies, built by hatch_build.py while the package
is installed, if a C compiler is at hand; called through ctypes, which lets other threads run
meanwhile. Without it nothing changes but the speed. The scanner takes no decision: what a field
means it learns from gdelt.lexicon, one distinct value at a time, and rows that are not plain are
left to gdelt.pure.
"""

from saidanddone.sources.scanner.ahead import count_files
from saidanddone.sources.scanner.counting import count_rows
from saidanddone.sources.scanner.library import available, why_absent
from saidanddone.sources.scanner.whole import count_whole, number_whole, plain_text

__all__ = [
    "available",
    "count_files",
    "count_rows",
    "count_whole",
    "number_whole",
    "plain_text",
    "why_absent",
]
