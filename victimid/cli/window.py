"""Opens the window, or says plainly what this system lacks for it."""

import argparse
import sys
from pathlib import Path

from victimid import system
from victimid.paths import places


def open_window(arguments: list[str]) -> int:
    """Open the program on the vault of this user or on ``--vault DIR``."""
    parser = argparse.ArgumentParser(prog="victimid")
    parser.add_argument("--vault", type=Path)
    chosen = parser.parse_args(arguments)
    if not system.display_available():
        print("error[program.no_display]: There is no display here, so the window cannot open.", file=sys.stderr)
        return 2
    try:
        from victimid.ui.app import run
    except ImportError as error:
        missing = system.missing_libraries(x11=True)
        if not missing:
            raise
        print(system.install_hint(missing), file=sys.stderr)
        print(f"({error.msg})", file=sys.stderr)
        return 2
    return run(places(chosen.vault))
