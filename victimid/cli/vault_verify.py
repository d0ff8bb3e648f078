"""``victimid vault verify``: everything against the record of actions, and that against what stands outside."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from victimid.app import vault_care
from victimid.app.anchoring import anchors
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, WANTING, Output, said
from victimid.cli.progress import shown
from victimid.errors import VictimIDError
from victimid.model.checkup import Check, Checkup

_WHAT = {
    Check.CHAIN: "entries of the record of actions, each with the one before it",
    Check.SEALS: "signatures of this laptop over it",
    Check.ANCHORS: "anchors: header, bundles, receipts",
    Check.CASES: "cases with their last entry",
    Check.RECORDS: "records with the entries that wrote them",
    Check.OTHERS: "officers, policy, exports, laptop",
    Check.SEARCH: "the index of words and what cases share, with the records",
    Check.ATTACHMENTS: "attachments, every byte",
    Check.PAGES: "pages of the database",
}
_PROVES = (
    "This finds entries and records that do not fit together: edited, deleted, put in another order or cut off at the "
    "end, an old page put back, and a database older than its anchors."
)
_CANNOT = (
    "Whoever has any officer's passphrase and a program of their own can make the whole record of actions anew and "
    "sign it, in anybody's name. Only a bundle written before shows it (--bundle), for what is older than the bundle. "
    "A whole folder put back as it once was shows only by a younger bundle or receipt (--receipt); that the last "
    "minutes before the program stopped without locking were taken away shows by nothing."
)
_SHORT = "Attachments and pages were not read; --full reads every byte."


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the command to the parser."""
    verifying = vault.add_parser("verify", parents=[common], help="check records and record of actions; exit 1: flaws")
    verifying.add_argument("--bundle", type=Path, nargs="+", action="extend", default=[], metavar="PATH")
    verifying.add_argument("--receipt", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    verifying.add_argument("--full", action="store_true", help="also attachments and database pages, every byte")
    verifying.set_defaults(command=verify)


def verify(options: Namespace) -> int:
    """Print what was compared, every flaw, and what this proves; 1 if there are flaws."""
    with opened(options) as session:
        outside = anchors(session, options.bundle, options.receipt)
        with shown("Checking") as watch:
            found = vault_care.check(session, outside, watch.progress, full=options.full)
    flaws = [said(VictimIDError(flaw.code, **flaw.fields)) for flaw in found.flaws]
    document = {
        "ok": found.sound,
        "audit_entries": found.compared[Check.CHAIN],
        "compared": found.compared,
        "outside": len(outside),
        "uncovered": found.uncovered,
        "full": options.full,
        "flaws": [
            {"check": flaw.check, "code": flaw.code, "fields": flaw.fields, "says": text}
            for flaw, text in zip(found.flaws, flaws, strict=True)
        ],
        "proves": _PROVES,
        "cannot_prove": _CANNOT,
    }
    Output(as_json=options.json).result(document, *_lines(found, flaws, full=options.full))
    return GOOD if found.sound else WANTING


def _lines(found: Checkup, flaws: Sequence[str], *, full: bool) -> list[str]:
    compared = [f"{count:>9}  {_WHAT[check]}" for check, count in found.compared.items()]
    uncovered = [f"{found.uncovered} records are older than the hashes that cover them."] if found.uncovered else []
    result = "Nothing was found." if found.sound else f"{len(flaws)} things do not fit:"
    return ["Compared:", *compared, *uncovered, *([] if full else [_SHORT]), result, *flaws, "", _PROVES, _CANNOT]
