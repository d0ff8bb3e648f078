"""Opens the window, or says plainly what this system lacks for it."""

import argparse
import sys
from pathlib import Path

from victimid import system
from victimid.cli.output import BAD_INPUT, report
from victimid.errors import VictimIDError
from victimid.paths import places


def open_window(arguments: list[str]) -> int:
    """Open the program on the vault of this user or on ``--vault DIR``."""
    parser = argparse.ArgumentParser(prog="victimid")
    parser.add_argument("--vault", type=Path, metavar="DIR", help="the vault's folder")
    chosen = parser.parse_args(arguments)
    if not system.display_available():
        report(VictimIDError("program.no_display"))
        return BAD_INPUT
    missing = system.missing_libraries()
    if missing:
        print(system.install_hint(missing), file=sys.stderr)
        return BAD_INPUT
    from victimid.ui.app import run

    return run(places(chosen.vault))
