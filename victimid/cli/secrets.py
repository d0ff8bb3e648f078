"""Passphrases for the command line: from a prompt or a file, never from an argument."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from victimid.errors import VictimIDError


def passphrase(options: Namespace, question: str, *, twice: bool = False) -> str:
    """Read a passphrase from ``--passphrase-file`` (first line) or ask for it.

    Raises ``program.passphrase_file``, ``program.passphrase_needed`` and ``program.passphrases_differ``.
    """
    path: Path | None = options.passphrase_file
    if path is not None:
        try:
            return path.read_text("utf-8").splitlines()[0]
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise VictimIDError("program.passphrase_file", name=path.name) from error
    if not sys.stdin.isatty():
        raise VictimIDError("program.passphrase_needed")
    given = getpass.getpass(f"{question}: ")
    if twice and getpass.getpass("Once more: ") != given:
        raise VictimIDError("program.passphrases_differ")
    return given
