"""``victimid vault backup``, ``backups``, ``restore`` and ``salvage``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid.app import backing_up, restoring
from victimid.app.restoring import Salvaged
from victimid.cli.opening import door, opened
from victimid.cli.output import GOOD, WANTING, Output, said
from victimid.cli.progress import shown
from victimid.cli.secrets import name, passphrase
from victimid.errors import VictimIDError
from victimid.model.backup import Backup

_MIB = 1024 * 1024


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    making = vault.add_parser("backup", parents=[common], help="make a verified, encrypted backup")
    making.add_argument("--to", type=Path, metavar="DIR", help="elsewhere, such as on a stick")
    making.add_argument("--if-due", action="store_true", help="only if none is a day old")
    making.set_defaults(command=back_up)
    vault.add_parser("backups", parents=[common], help="backups on this laptop").set_defaults(command=list_backups)
    bringing = vault.add_parser("restore", parents=[common], help="make a vault from a backup")
    bringing.add_argument("place", type=Path, metavar="PLACE", help="a backup, or where there are some: the newest")
    bringing.add_argument("--replace", action="store_true", help="move a vault that stands there aside, unchanged")
    bringing.set_defaults(command=restore)
    saving = vault.add_parser("salvage", parents=[common], help="a new vault of what a damaged one still holds")
    saving.add_argument("--into", type=Path, required=True, metavar="DIR", help="an empty or new folder")
    saving.add_argument("--backup", type=Path, metavar="PLACE", help="where lost rows are taken from")
    saving.set_defaults(command=salvage)


def back_up(options: Namespace) -> int:
    """Make a backup; with ``--if-due`` perhaps none."""
    with opened(options) as session, shown("Backup") as watch:
        if options.if_due and options.to is None and not backing_up.due(session):
            made = None
        else:
            made = backing_up.make(session, options.to, watch)
    output = Output(as_json=options.json)
    if made is None:
        output.result({"backup": None}, "No backup is due.")
        return GOOD
    document = {"backup": _document(made.backup), "path": str(made.folder), "removed": made.removed}
    removed = [f"Older ones removed, because they held what should be gone: {made.removed}"] if made.removed else []
    output.result(document, f"Backup, verified: {made.folder}", *removed)
    return GOOD


def list_backups(options: Namespace) -> int:
    """List the backups on this laptop."""
    with opened(options) as session:
        found = backing_up.view(session)
    lines = [f"{each.name}  {_size(each)}" for each in found.backups]
    Output(as_json=options.json).result(
        {
            "backups": [_document(each) for each in found.backups],
            "due": found.due,
            "outdated": found.outdated,
            "needed": found.needed,
            "free": found.free,
        },
        *lines,
        f"The next takes {_mebibytes(found.needed)} MiB at most; {found.free // _MIB} MiB are free.",
        *(["A backup is due."] if found.due else []),
    )
    return GOOD


def restore(options: Namespace) -> int:
    """Make the vault from the newest backup in a place."""
    secret = passphrase(options, "Passphrase at the time of the backup")
    with shown("Restoring") as watch:
        made = restoring.restore(door(options), options.place, name(options), secret, watch, replace=options.replace)
    restored = made.restored
    aside = [f"The vault that stood there: {made.aside}"] if made.aside else []
    Output(as_json=options.json).result(
        {
            "vault": str(options.vault),
            "device": restored.device_id,
            "public_key": restored.public_key,
            "audit_entries": restored.standing.sequence,
            "aside": str(made.aside) if made.aside else None,
        },
        f"Vault: {options.vault}, as it was at entry {restored.standing.sequence} of the record of actions",
        "Names and passphrases are those of its time. End the access of whoever lost it since: victimid vault officer.",
        *aside,
        f"It is a new device, {restored.device_id}; headquarters has to enrol it:",
        restored.public_key,
    )
    return GOOD


def salvage(options: Namespace) -> int:
    """Bring over what can be read; 1 if something is lost or does not fit."""
    secret, who = passphrase(options, "Passphrase"), name(options)
    with shown("Salvage") as watch:
        told = restoring.salvage(door(options), options.into, who, secret, options.backup, watch)
    Output(as_json=options.json).result(_salvage_document(options, told), *_salvage_lines(options, told))
    return GOOD if told.whole and told.checkup.sound else WANTING


def _salvage_document(options: Namespace, told: Salvaged) -> dict[str, object]:
    tables = {
        table: {"read": n.read, "from_backup": n.from_backup, "lost": n.lost, "unknown": n.unknown}
        for table, n in told.tables.items()
    }
    return {
        "vault": str(options.into),
        "whole": told.whole,
        "read": told.read,
        "lost": told.lost,
        "tables": tables,
        "cases": told.cases,
        "attachments": told.attachments,
        "audit_gaps": told.audit_gaps,
        "flaws": [{"code": flaw.code, "fields": flaw.fields} for flaw in told.checkup.flaws],
        "device": told.device_id,
        "public_key": told.public_key,
    }


def _salvage_lines(options: Namespace, told: Salvaged) -> list[str]:
    lost = [
        f"  {table}: {count.lost} lost, {count.unknown} places of which nothing is known"
        for table, count in told.tables.items()
        if count.lost or count.unknown
    ]
    return [
        f"Vault: {options.into}",
        f"{told.read} rows were brought over; known to be lost: {told.lost}",
        *lost,
        *(f"  Case {ref} is not as it was left." for ref in told.cases),
        *(f"  {said(VictimIDError(flaw.code, **flaw.fields))}" for flaw in told.checkup.flaws),
        f"It is a new device, {told.device_id}; headquarters has to enrol it:",
        told.public_key,
    ]


def _document(backup: Backup) -> dict[str, object]:
    record = backup.record
    return {
        "name": backup.name,
        "made_at": record.made_at.isoformat() if record else None,
        "audit_entries": record.standing.sequence if record else None,
        "bytes": record.database.size + record.header.size if record else None,
    }


def _size(backup: Backup) -> str:
    return f"{_mebibytes(backup.record.database.size)} MiB" if backup.record else "cannot be read"


def _mebibytes(size: int) -> int:
    """Return them rounded up."""
    return -(-size // _MIB)
