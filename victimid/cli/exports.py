"""``victimid export …``: write bundles for headquarters, verify them, take receipts."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid.app import exporting, receipts
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.cli.secrets import key_text


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    export = commands.add_parser("export", help="bundles for headquarters").add_subparsers(
        required=True, metavar="ACTION"
    )
    writing = export.add_parser("write", parents=[common], help="write the next bundle")
    writing.add_argument("--to", type=Path, required=True, metavar="DIR")
    writing.set_defaults(command=write)
    verifying = export.add_parser("verify", parents=[common], help="check a bundle without opening it")
    verifying.add_argument("path", type=Path, metavar="PATH")
    verifying.add_argument("--device-key", required=True, metavar="KEY", help="the laptop's public key line")
    verifying.set_defaults(command=verify)
    receipt = export.add_parser("receipt", parents=[common], help="take headquarters' receipt")
    receipt.add_argument("path", type=Path, metavar="FILE")
    receipt.set_defaults(command=take_receipt)


def write(options: Namespace) -> int:
    """Write the next bundle into a folder."""
    with opened(options) as session:
        written = exporting.write(session, options.to)
    Output(as_json=options.json).result(
        {"path": str(written.path), "sequence": written.export.sequence, "records": written.export.records},
        f"Bundle {written.export.sequence}: {written.path} ({written.export.records} records)",
    )
    return GOOD


def verify(options: Namespace) -> int:
    """Check signature and hashes of a bundle; raises ``bundle.*``, ``signature.*``."""
    manifest = exporting.verify(options.path, key_text(options.device_key))
    Output(as_json=options.json).result(
        {"device": manifest.device, "sequence": manifest.sequence, "records": manifest.records},
        f"Whole and signed: bundle {manifest.sequence} of laptop {manifest.device}",
    )
    return GOOD


def take_receipt(options: Namespace) -> int:
    """Take a receipt and mark its bundle as received."""
    with opened(options) as session:
        receipt = receipts.take(session, options.path)
    Output(as_json=options.json).result(
        {"sequence": receipt.sequence}, f"Headquarters has received bundle {receipt.sequence}"
    )
    return GOOD
