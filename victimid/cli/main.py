"""The parser of the command line; each command is a function of a module named after its first word."""

import argparse
import os
import sys
from pathlib import Path

from victimid import __version__, log
from victimid.cli import cases, content_packs, demo, exports, forms, headquarters, referrals, self_test, vault
from victimid.cli.output import BAD_INPUT, report
from victimid.errors import VictimIDError
from victimid.paths import places


def run(arguments: list[str]) -> int:
    """Parse and run one command; returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except VictimIDError as error:
        report(error)
        return BAD_INPUT
    except KeyboardInterrupt:
        return BAD_INPUT
    except Exception as error:  # noqa: BLE001 - the edge of the program: reported without values
        report(VictimIDError("program.unexpected"))
        print(log.describe(error), file=sys.stderr)
        return BAD_INPUT


def parser() -> argparse.ArgumentParser:
    """Build the parser of every command."""
    top = argparse.ArgumentParser(
        prog="victimid", description="Offline screening, encrypted cases, referrals, exports."
    )
    top.add_argument("--version", action="version", version=f"victimid {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    common = _common()
    for module in (demo, self_test, forms, vault, content_packs, cases, referrals, exports, headquarters):
        module.add_commands(commands, common)
    return top


def _common() -> argparse.ArgumentParser:
    """Options that every command understands."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print one JSON document")
    common.add_argument("--vault", type=Path, default=places().vault, metavar="DIR", help="the vault's folder")
    common.add_argument("--name", default=os.environ.get("VICTIMID_NAME", ""), help="the officer's sign-in name")
    common.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="first line: the passphrase; else it is asked for"
    )
    return common
