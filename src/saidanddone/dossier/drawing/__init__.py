"""Charts as plain SVG text, for pages, print and files that are opened alone.

Every chart is a function of tables and answers that returns one SVG element as text. The same
input gives the same text. `prefix` begins all ids of a drawing, so that several stand on one page;
`standalone=True` adds a ground, a headline, notes and a style, in light colours; `narrow=True` is
the layout for a phone (360 units wide instead of 720). Nothing carries a style attribute. The
functions that end in _alt say in words what the drawing shows.

Colours come from classes. `stylesheet()` returns the rules for a page, light and dark; `CLASSES`
holds every class, what it marks and its colours in both themes:

>>> CLASSES["trend"].what, CLASSES["trend"].light["stroke"], CLASSES["trend"].dark["stroke"]
('the smoothed share', '#2a7f8e', '#5fbccb')
>>> print("\\n".join(f"{name:16} {ink.what}" for name, ink in CLASSES.items()))
paper            the ground of a file that stands alone
headline         the headline of a file that stands alone
title            the title of a panel
label            all other text
value            figures that the chart is about
axis             the line that an axis stands on, and frames
grid             lines that help the eye
band90           90% band
band50           50% band
band-edge        edges of the 90% band
trend            the smoothed share
point            the share of one period
dots             points where there are many
cooperative      cooperative acts
conflictual      conflictual acts
neutral          neutral acts
expected         the share that the norm expects
change           a change of the share
change-interval  where the change may lie
change-label     the shares before and after
trigger          a day on which something happened
trigger-mark     the number of a trigger
trigger-number   the figure in it
break            the dataset began to count otherwise
missing          lines of the hatching of missing periods
volume           acts per 10,000 acts of the dataset
others           other pairs
margin           the zone near expectation
this-pair        the pair of the page
this-pair-mark   its centre
halo             text with paper around it, over marks
warmer-1         deeds warmer than words, a little
warmer-2         deeds warmer than words
warmer-3         deeds warmer than words by far
colder-1         deeds colder than words, a little
colder-2         deeds colder than words
colder-3         deeds colder than words by far
uncertain        the sign of the gap is not certain
unmeasured       acts in one channel only, or none
sign             the sign on a cell
words            words in a sparkline
deeds            deeds in a sparkline
"""

from saidanddone.dossier.drawing.channels import channels, channels_alt
from saidanddone.dossier.drawing.markers import Marker
from saidanddone.dossier.drawing.matrix import matrix, matrix_alt
from saidanddone.dossier.drawing.plane import plane, plane_alt
from saidanddone.dossier.drawing.printing import as_pdf, as_png
from saidanddone.dossier.drawing.sparkline import shares_of, sparkline, sparkline_alt
from saidanddone.dossier.drawing.theme import CLASSES, PAPER, Ink, stylesheet
from saidanddone.dossier.drawing.through_time import marked_days, through_time, through_time_alt

__all__ = [
    "CLASSES",
    "PAPER",
    "Ink",
    "Marker",
    "as_pdf",
    "as_png",
    "channels",
    "channels_alt",
    "marked_days",
    "matrix",
    "matrix_alt",
    "plane",
    "plane_alt",
    "shares_of",
    "sparkline",
    "sparkline_alt",
    "stylesheet",
    "through_time",
    "through_time_alt",
]
