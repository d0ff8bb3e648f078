"""``victimid vault due`` and ``delete``: cases whose time is over."""

from argparse import ArgumentParser, Namespace
from typing import Any

from victimid.app import deleting
from victimid.cli.backup_words import renewal_document, renewal_exit, renewal_lines
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, WANTING, Output
from victimid.cli.progress import shown
from victimid.errors import VictimIDError
from victimid.model.retention import Certificate, Override


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    vault.add_parser("due", parents=[common], help="cases to delete by the policy").set_defaults(command=due)
    going = vault.add_parser(
        "delete",
        parents=[common],
        help="delete cases for good: due ones that headquarters has confirmed, or others for a stated reason",
    )
    going.add_argument("refs", nargs="*", metavar="REF")
    going.add_argument("--due", action="store_true", help="every due case that headquarters has confirmed")
    going.add_argument(
        "--override",
        choices=[reason.value for reason in Override],
        help="why, if not due or without headquarters' receipt",
    )
    going.set_defaults(command=delete)


def due(options: Namespace) -> int:
    """List the cases whose time is over, the longest overdue first."""
    with opened(options) as session:
        cases = deleting.due(session)
    documents = [
        {
            "ref": case.ref,
            "outcome": case.outcome,
            "changed_at": case.changed_at.isoformat(),
            "due_at": case.due_at.isoformat(),
            "received": case.received,
        }
        for case in cases
    ]
    lines = [
        f"{case.ref}  due {case.due_at:%Y-%m-%d}  {'received' if case.received else 'not received'}" for case in cases
    ] or ["No case is due for deletion."]
    Output(as_json=options.json).result({"cases": documents}, *lines)
    return GOOD


def delete(options: Namespace) -> int:
    """Delete cases; 1 where something else on this laptop may still hold them."""
    if bool(options.refs) == options.due:
        raise VictimIDError("program.which_cases")
    override = Override(options.override) if options.override else None
    with opened(options) as session:
        refs = [case.ref for case in deleting.due(session) if case.received] if options.due else options.refs
        with shown("Backup") as watch:
            deleted = deleting.delete(session, refs, override, watch)
    Output(as_json=options.json).result(
        {
            "deleted": [_document(each) for each in deleted.certificates],
            **renewal_document(deleted.renewal),
            "left": list(map(str, deleted.left)),
        },
        *(f"Deleted: {each.ref}, {each.records} records, {each.sha256}" for each in deleted.certificates),
        *([] if deleted.certificates else ["Nothing was deleted."]),
        *renewal_lines(deleted.renewal),
        *(f"May still hold them, destroy it or lock it away: {folder}" for folder in deleted.left),
    )
    return max(renewal_exit(deleted.renewal), WANTING if deleted.left else GOOD)


def _document(certificate: Certificate) -> dict[str, object]:
    return {
        "ref": certificate.ref,
        "records": certificate.records,
        "sha256": certificate.sha256,
        "bundle": certificate.bundle or None,
        "override": certificate.override,
    }
