"""``victimid vault search``: words in what was recorded, in the cases that the officer may see."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from victimid.app import searching
from victimid.app.session import Session
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.cli.progress import shown
from victimid.errors import VictimIDError
from victimid.model.search import Found


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the command to the parser."""
    searching_for = vault.add_parser("search", parents=[common], help="find words in what was recorded")
    searching_for.add_argument(
        "words", nargs="*", metavar="WORD", help="without any they are asked for, and stay out of the shell's history"
    )
    searching_for.add_argument("--before", type=int, metavar="NUMBER", help="go on below this record")
    searching_for.set_defaults(command=search)


def search(options: Namespace) -> int:
    """Find the records that hold every word, newest first; ``search.too_short``."""
    text = " ".join(options.words) or _asked()
    if not searching.worth_a_search(text):
        raise VictimIDError("search.too_short")
    with opened(options) as session:
        _prepare(session)
        found = searching.find(session, text, options.before)
    more = len(found) == searching.PAGE
    Output(as_json=options.json).result(
        {"found": [_document(each) for each in found], "more": more},
        *map(_line, found),
        *([] if found else ["No record has these words."]),
        *([f"Go on with --before {found[-1].number}"] if more else []),
    )
    return GOOD


def _asked() -> str:
    """Read the words from the terminal or the first line of standard input."""
    return input("Words: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _prepare(session: Session) -> None:
    """Make an outdated index again, which the window does in the background."""
    with shown("Preparing the search") as watch:
        for done, total in searching.rebuilding(session) or ():
            watch.step(done, total)


def _document(found: Found) -> dict[str, object]:
    return {
        "number": found.number,
        "case": found.case_ref,
        "place": found.place,
        "question": found.question,
        "snippet": found.snippet,
        "shown": found.shown,
    }


def _line(found: Found) -> str:
    said = found.snippet if found.shown else "another officer's case: victimid case show --why opens it"
    return f"{found.case_ref}  {found.question or found.place}\n     {said}"
