"""``victimid vault recover …``: a forgotten passphrase, with the help of headquarters, and its rehearsal."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid import i18n
from victimid.app import recovering
from victimid.app.recovering import RequestFile
from victimid.cli.opening import door, opened
from victimid.cli.options import made_folder
from victimid.cli.output import GOOD, Output
from victimid.cli.secrets import name, new_passphrase, new_passphrase_option


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    recover = vault.add_parser("recover", help="a forgotten passphrase").add_subparsers(required=True, metavar="ACTION")
    asking = recover.add_parser("request", parents=[common], help="write the request for headquarters")
    asking.add_argument("--to", type=Path, required=True, metavar="DIR", help="where to; made if it is not there")
    asking.set_defaults(command=request)
    taking = recover.add_parser("answer", parents=[common], help="take the answer: the new passphrase counts")
    taking.add_argument("path", type=Path, metavar="FILE", help="answer.age of headquarters")
    taking.set_defaults(command=answer)
    trying = recover.add_parser("rehearse", parents=[common], help="the same way with nothing changed")
    trying.add_argument("--to", type=Path, metavar="DIR", help="write a request")
    trying.add_argument("--answer", type=Path, metavar="FILE", help="take the answer to it")
    trying.set_defaults(command=rehearse)
    for parser in (asking, taking, trying):
        new_passphrase_option(parser)


def request(options: Namespace) -> int:
    """Write the request of an officer who forgot the passphrase, under a new one."""
    words = i18n.load("victimid", i18n.SOURCE_LANGUAGE)
    folder = made_folder(options.to)
    asked = recovering.ask(door(options), name(options), new_passphrase(options), folder, words)
    _tell(options, asked)
    return GOOD


def answer(options: Namespace) -> int:
    """Let the officer in with headquarters' answer and the new passphrase."""
    recovering.take_answer(door(options), name(options), new_passphrase(options), options.path).lock()
    Output(as_json=options.json).result({"recovered": True}, "The new passphrase counts from now on.")
    return GOOD


def rehearse(options: Namespace) -> int:
    """Write a request as if the passphrase were lost, or take the answer to it."""
    words = i18n.load("victimid", i18n.SOURCE_LANGUAGE)
    with opened(options) as session:
        if options.answer:
            recovering.end_rehearsal(session, new_passphrase(options), options.answer)
            Output(as_json=options.json).result(
                {"rehearsed": True}, "Headquarters can recover this vault. Nothing was changed."
            )
            return GOOD
        folder = made_folder(options.to or Path())
        _tell(options, recovering.rehearse(session, new_passphrase(options), folder, words))
    return GOOD


def _tell(options: Namespace, asked: RequestFile) -> None:
    Output(as_json=options.json).result(
        {"path": str(asked.path), "code": asked.code},
        f"Request for headquarters: {asked.path}",
        f"Code to compare by telephone: {asked.code}",
    )
