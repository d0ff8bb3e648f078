"""``victimid vault officer …``: who is let in."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid.app import officers
from victimid.cli.backup_words import renewal_document, renewal_exit, renewal_lines
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.cli.progress import shown
from victimid.cli.secrets import officer_passphrase
from victimid.model.people import Officer, Role
from victimid.model.why import WhyDisabled


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    officer = vault.add_parser("officer", help="who is let in").add_subparsers(required=True, metavar="ACTION")
    adding = officer.add_parser("add", parents=[common], help="let an officer in")
    adding.add_argument("officer", metavar="NAME", help="the name they sign in with")
    adding.add_argument("--role", choices=[role.value for role in Role], default=Role.OFFICER.value)
    adding.add_argument("--officer-passphrase-file", type=Path, metavar="FILE", help="their first passphrase")
    adding.set_defaults(command=add)
    giving = officer.add_parser(
        "new-passphrase", parents=[common], help="another first passphrase, until the officer has chosen an own one"
    )
    giving.add_argument("officer", metavar="NAME")
    giving.add_argument("--officer-passphrase-file", type=Path, metavar="FILE", help="their first passphrase")
    giving.set_defaults(command=give_passphrase)
    officer.add_parser("list", parents=[common], help="all officers").set_defaults(command=list_all)
    disabling = officer.add_parser("disable", parents=[common], help="let an officer in no more, at once")
    disabling.add_argument("officer", metavar="NAME")
    disabling.add_argument("--why", required=True, choices=[why.value for why in WhyDisabled])
    disabling.set_defaults(command=disable)


def add(options: Namespace) -> int:
    """Let an officer in under a first passphrase."""
    first = officer_passphrase(options)
    with opened(options) as session:
        added = officers.enrol(session, options.officer, first, Role(options.role))
    Output(as_json=options.json).result({"officer": _document(added)}, f"Enrolled: {added.name} ({added.role})")
    return GOOD


def give_passphrase(options: Namespace) -> int:
    """Give an officer who has not chosen a passphrase yet another one to begin with."""
    first = officer_passphrase(options)
    with opened(options) as session:
        officer = officers.give_passphrase(session, officers.named(session, options.officer).id, first)
    Output(as_json=options.json).result({"officer": _document(officer)}, f"{officer.name} begins with this passphrase.")
    return GOOD


def list_all(options: Namespace) -> int:
    """List all officers, those disabled too."""
    with opened(options) as session:
        everyone = officers.everyone(session)
    Output(as_json=options.json).result({"officers": [_document(each) for each in everyone]}, *map(_line, everyone))
    return GOOD


def disable(options: Namespace) -> int:
    """Let an officer in no more; 1 where older backups, which still open for them, could not be renewed."""
    with opened(options) as session:
        officer = officers.named(session, options.officer)
        with shown("Backup") as watch:
            renewal = officers.disable(session, officer.id, WhyDisabled(options.why), watch)
    Output(as_json=options.json).result(
        {"officer": officer.id, **renewal_document(renewal)},
        f"No longer let in: {officer.name}. Their cases are theirs until they are handed over.",
        *renewal_lines(renewal),
    )
    return renewal_exit(renewal)


def _document(officer: Officer) -> dict[str, object]:
    return {
        "id": officer.id,
        "name": officer.name,
        "role": officer.role,
        "enrolled_at": officer.enrolled_at.isoformat(),
        "disabled_at": officer.disabled_at.isoformat() if officer.disabled_at else None,
    }


def _line(officer: Officer) -> str:
    ended = f"  disabled {officer.disabled_at:%Y-%m-%d}" if officer.disabled_at else ""
    return f"{officer.id}  {officer.role:<13}  {officer.name}{ended}"
