"""One code, looked up as it is written."""

from __future__ import annotations

import difflib
import functools
from dataclasses import dataclass, fields

from saidanddone.codes.tables import table
from saidanddone.errors import UnknownCode
from saidanddone.model import Channel

_NEAREST = 3  # as many suggestions as fit into one sentence
_ALIKE = 0.5  # one of two characters right, so that V with a printed minus leads to V-
_SHOWN = 20  # characters of the text that a message repeats: five times the longest code


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it says of an act unless the act itself says otherwise.

    valence is +1 cooperative, -1 conflictual, 0 neutral. plover is None for CAMEO's 01 and 02 and
    for votes; intensity (Goldstein's scale) is None where no data show it.
    """

    code: str
    name: str
    root: str
    plover: str | None
    channel: Channel
    valence: int
    intensity: float | None


def code(text: str) -> Code:
    """Look a code up; blanks around it are ignored and nothing else is mended.

    '13' is the root of threats and never read as '013'. Raises UnknownCode, with the nearest
    codes or the roots.

    >>> code(" 013").name
    'comments optimistically on'
    >>> code("13").name
    'threatens'
    >>> code("7")
    Traceback (most recent call last):
        ...
    saidanddone.errors.UnknownCode: '7' is not a code, a leading zero may be lost; \
expected a CAMEO code as text or V+, V-, V0; check whether '07' was meant.
    """
    if not isinstance(text, str):
        raise UnknownCode(
            f"the code {str(text)[:_SHOWN]} is not text, and a leading zero may be lost",
            "a code as text, such as '013'",
            "read the column of codes as text",
        )
    written = text.strip()
    found = _by_code().get(written)
    if found is None:
        raise _unknown(written)
    return found


@functools.cache
def _by_code() -> dict[str, Code]:
    columns = [field.name for field in fields(Code)]
    return {row["code"]: Code(**row) for row in table().select(columns).iter_rows(named=True)}


def _unknown(written: str) -> UnknownCode:
    known = _by_code()
    expected = "a CAMEO code as text or V+, V-, V0"
    wrong = f"{written[:_SHOWN]!r} is not a code"
    if f"0{written}" in known:
        zero = f"{wrong}, a leading zero may be lost"
        return UnknownCode(zero, expected, f"check whether '0{written}' was meant")
    near = _nearest(written, tuple(known))
    if near:
        return UnknownCode(wrong, expected, f"write the nearest that fits: {', '.join(near)}")
    return UnknownCode(wrong, expected, "look it up under its root, 01 to 20")


def _nearest(written: str, known: tuple[str, ...]) -> list[str]:
    """Its own root and branch where they exist, the longest first; then codes spelled alike."""
    if len(written) > _SHOWN:
        return []
    parents = [written[:size] for size in (3, 2) if written[:size] in known]
    same_root = [each for each in known if parents and each.startswith(parents[-1])]
    alike = difflib.get_close_matches(
        written.upper(), same_root or known, n=_NEAREST, cutoff=_ALIKE
    )
    return list(dict.fromkeys(parents + alike))[:_NEAREST]
