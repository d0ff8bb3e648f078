"""Names, keys and passphrases for the command line; a passphrase comes from a prompt or a file, never an argument."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from victimid.errors import VictimIDError


def name(options: Namespace) -> str:
    """Return the officer's sign-in name from ``--name``, ``VICTIMID_NAME`` or a prompt; ``program.name_needed``."""
    if options.name:
        return str(options.name)
    if not sys.stdin.isatty():
        raise VictimIDError("program.name_needed")
    return input("Name: ")


def key_text(given: str) -> str:
    """Return a public key given as text or as the path of a file that holds it; ``program.file_missing``."""
    path = Path(given)
    if len(given.split()) > 1 or not path.is_file():
        return given
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise VictimIDError("program.file_missing", name=path.name) from error


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
