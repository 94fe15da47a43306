"""Hard indicators: what is counted elsewhere of a pair and a year, read beside events.

Indicators stand next to an answer and never enter warmth. Shapes that are known by their columns:
source, target, year, measure, value, unit (anybody's); supplier, recipient, year, value (arms);
sanctioned_state, sanctioning_state, begin, end (sanction cases); ccode, session, IdealPoint
(positions in the General Assembly); any other with a mapping.
"""

from saidanddone.sources.indicators.indicator import (
    INDICATOR_COLUMNS,
    IndicatorTable,
    Measure,
)
from saidanddone.sources.indicators.shapes import find, identify, read

__all__ = ["INDICATOR_COLUMNS", "IndicatorTable", "Measure", "find", "identify", "read"]
