"""``victimid vault audit …``: the record of actions, read and written to a file by a supervisor."""

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from victimid.app import actions_file, officers, vault_care
from victimid.app.session import Session
from victimid.cli.opening import opened
from victimid.cli.options import made_folder, number
from victimid.cli.output import GOOD, Output
from victimid.errors import VictimIDError
from victimid.model.audit import Action, AuditEntry, AuditQuery


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    audit = vault.add_parser("audit", help="the record of actions").add_subparsers(required=True, metavar="ACTION")
    wanted = ArgumentParser(add_help=False)
    wanted.add_argument("--officer", default="", metavar="NAME", help="only what this officer did")
    actions = [action.value for action in Action]
    wanted.add_argument("--action", action="append", default=[], choices=actions, help="only this, and others named so")
    wanted.add_argument("--case", default="", metavar="REF", help="only what was done to this case")
    wanted.add_argument("--since", default="", metavar="DATE", help="ISO 8601, here and now if no zone is given")
    wanted.add_argument("--until", default="", metavar="DATE", help="not included")
    listing = audit.add_parser("list", parents=[common, wanted], help="newest first")
    listing.add_argument("--limit", type=number, default=100, metavar="N", help="how many at most")
    listing.add_argument("--before", type=number, metavar="SEQUENCE", help="go on below this entry")
    listing.set_defaults(command=list_entries)
    exporting = audit.add_parser("export", parents=[common, wanted], help="signed CSV")
    exporting.add_argument("--to", type=Path, required=True, metavar="DIR", help="where to; made if it is not there")
    exporting.set_defaults(command=export)


def list_entries(options: Namespace) -> int:
    """List the newest entries that are asked for."""
    with opened(options) as session:
        entries = vault_care.actions(session, _query(session, options, options.before), max(options.limit, 1))
        names = officers.names(session)
    Output(as_json=options.json).result(
        {"entries": [_document(entry, names) for entry in entries]},
        *(_line(entry, names) for entry in entries),
    )
    return GOOD


def export(options: Namespace) -> int:
    """Write the entries that are asked for to a file, signed beside it."""
    folder = made_folder(options.to)
    with opened(options) as session:
        written = actions_file.write(session, _query(session, options, None), folder)
        device = vault_care.device(session)
    check = (
        f"ssh-keygen -Y verify -f allowed_signers -I {device.id} -n {actions_file.AUDIT_NAMESPACE} "
        f"-s {written.signature.name} < {written.path.name}"
    )
    Output(as_json=options.json).result(
        {"path": str(written.path), "signature": str(written.signature), "entries": written.entries, "check": check},
        f"{written.entries} entries: {written.path}",
        f"Signature: {written.signature}",
        f"Check it: {check}",
    )
    return GOOD


def _query(session: Session, options: Namespace, before: int | None) -> AuditQuery:
    officer = officers.named(session, options.officer).id if options.officer else ""
    actions = tuple(Action(action) for action in options.action)
    return AuditQuery(officer, actions, options.case, _moment(options.since), _moment(options.until), before)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except (ValueError, OverflowError) as error:
        raise VictimIDError("program.bad_date") from error


def _document(entry: AuditEntry, names: dict[str, str]) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "officer": entry.officer,
        "officer_name": names.get(entry.officer, ""),
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "hash": entry.hash,
    }


def _line(entry: AuditEntry, names: dict[str, str]) -> str:
    who = names.get(entry.officer, entry.officer) or "-"
    return f"{entry.sequence:>7}  {entry.at:%Y-%m-%d %H:%M:%S}  {who}  {entry.action}  {entry.subject}  {entry.detail}"
