"""What a code means: CAMEO, PLOVER and votes as tables that an analyst can read and correct.

Where does an act get its sign? From its code's row in cameo.csv or votes.csv (columns channel and
valence; the rule is method.md, section 1). That is the default: what is known of the single act
overrides it. A veto of sanctions on a state is `V+` toward that state (votes.csv): a vote takes
the sign of what was voted on, and stopping sanctions is good for their target. Coded as 129, an
act is -1 by default, because the code does not say what was vetoed; if the act shows that the
veto spared the target, the act's own valence, +1, stands.

>>> code("129").valence, code("V+").valence
(-1, 1)
"""

from saidanddone.codes.lookup import Code, code
from saidanddone.codes.readings import READINGS, sides
from saidanddone.codes.tables import events, table

__all__ = ["READINGS", "Code", "code", "events", "sides", "table"]
