"""How a command fails: with one sentence on stderr and exit code 2."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from saidanddone.errors import SaidAndDoneError

BAD_INPUT = 2
"""Exit code of every error that was made on purpose (house.md)."""


def run(app: typer.Typer) -> NoReturn:
    """Run the command line and leave the process with its exit code."""
    try:
        # Not standalone: typer would frame its errors and end a broken pipe with exit code 1.
        sys.exit(app(prog_name="saidanddone", standalone_mode=False))
    except typer.TyperException as error:
        _fail_usage(error)
    except SaidAndDoneError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of the pipe has gone: nobody is left to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f" '{error.filename}'" if error.filename else ""
        _fail(
            f"the system refused a file{where} ({error.strerror or error}); expected one that can "
            "be read or written; check the path, its permissions and the space left."
        )


def say(sentence: str) -> None:
    """Write a sentence to stderr, in one line: what was typed may hold line ends or worse."""
    words = "".join(c if c.isprintable() else " " for c in sentence).split()
    sys.stderr.write(f"saidanddone: {' '.join(words)}\n")


def _fail(sentence: str) -> NoReturn:
    say(sentence)
    sys.exit(BAD_INPUT)


def _fail_usage(error: typer.TyperException) -> NoReturn:
    """A command, option or argument that does not exist, is missing, or is of another type."""
    message = " ".join(getattr(error, "format_message", error.__str__)().split()).rstrip(".")
    if not message:  # no command at all: the help was printed
        sys.exit(BAD_INPUT)
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "saidanddone"
    _fail(
        f"{message[:1].lower()}{message[1:]}; expected what the command's help lists; see "
        f"'{command} --help'."
    )
