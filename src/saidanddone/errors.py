"""Every error that Said & Done raises on purpose.

    SaidAndDoneError                 the base: catch this to catch all of them
    ├── BadInput                     what was typed or given cannot be used
    │   ├── BadChoice                an option's value is not one of those that exist
    │   ├── BadDate                  a date that no calendar has, or a window turned round
    │   ├── BadMapping               a mapping file that names what is not there
    │   ├── BadFile                  a file that is not of the format, or is damaged
    │   ├── UnknownActor             a name that no state or organisation bears
    │   ├── AmbiguousActor           a name that several bear
    │   ├── UnknownCode              a code that the table does not hold
    │   └── SameActor                the same state on both sides of a question
    ├── ArchiveError                 the archive cannot be used as it is
    │   ├── NotAnArchive             the folder holds no archive
    │   ├── NewerArchive             written by a later version of the product
    │   ├── DamagedArchive           a part is missing or not as it was written
    │   └── BusyArchive              somebody else is writing to it
    ├── CannotWrite                  a folder, disk or picture that cannot be written
    └── MissingExtra                 a part of the product that is not installed

A message is one sentence in three parts: what was wrong, what was expected, what to do.
The command line prints it on stderr and leaves with exit code 2.
"""

from __future__ import annotations


class SaidAndDoneError(Exception):
    """The base of all deliberate errors.

    Parameters are the three parts of the sentence; each is a clause without its full stop.

    >>> str(BadDate("the date '2018-02-30' does not exist", "YYYY, YYYY-MM or YYYY-MM-DD",
    ...             "correct the date"))
    "the date '2018-02-30' does not exist; expected YYYY, YYYY-MM or YYYY-MM-DD; correct the date."
    """

    def __init__(self, wrong: str, expected: str, do: str) -> None:
        self.wrong = wrong
        self.expected = expected
        self.do = do
        super().__init__(f"{wrong}; expected {expected}; {do}.")


class BadInput(SaidAndDoneError):
    """What was typed or given cannot be used."""


class BadChoice(BadInput):
    """An option's value is not one of those that exist."""


class BadDate(BadInput):
    """A date that no calendar has, or a window that ends before it starts."""


class BadMapping(BadInput):
    """A mapping file that cannot be read or names what is not there."""


class BadFile(BadInput):
    """A file that is missing, empty, damaged or not of the format it should be."""


class UnknownActor(BadInput):
    """A name that no state or organisation in actors/ bears."""


class AmbiguousActor(BadInput):
    """A name that several states or organisations bear."""


class UnknownCode(BadInput):
    """A code that the tables in codes/ do not hold."""


class SameActor(BadInput):
    """The same state on both sides of a question."""


class ArchiveError(SaidAndDoneError):
    """The archive cannot be used as it is."""


class NotAnArchive(ArchiveError):
    """The folder holds no archive."""


class NewerArchive(ArchiveError):
    """The archive was written by a later version of the product."""


class DamagedArchive(ArchiveError):
    """A part of the archive is missing or is not as it was written."""


class BusyArchive(ArchiveError):
    """Somebody else is writing to the archive."""


class CannotWrite(SaidAndDoneError):
    """A folder, disk or picture that cannot be written."""


class MissingExtra(SaidAndDoneError):
    """A part of the product that is not installed."""
