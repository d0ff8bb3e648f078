"""Names, keys and passphrases for the command line; a passphrase comes from a prompt or a file, never an argument."""

import getpass
import re
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from victimid.errors import VictimIDError

_AGE_KEY: Final = re.compile(r"age1[0-9a-z]+", re.ASCII | re.IGNORECASE)


def name(options: Namespace) -> str:
    """Return the officer's sign-in name from ``--name``, ``VICTIMID_NAME`` or a prompt; ``program.name_needed``."""
    if options.name:
        return str(options.name)
    if not sys.stdin.isatty():
        raise VictimIDError("program.name_needed")
    return input("Name: ")


def key_text(given: str) -> str:
    """Return a public key given as text or as the path of a file that holds it.

    Raises ``file.not_there``, ``program.file_missing``.
    """
    return given if len(given.split()) != 1 or _AGE_KEY.fullmatch(given) else _read(Path(given))


def secret_key(path: Path) -> str:
    """Return the secret key in an age key file, its comments left out; raises what `key_text` does."""
    lines = (line.strip() for line in _read(path).splitlines())
    return next((line for line in lines if line and not line.startswith("#")), "")


def new_passphrase_option(parser: ArgumentParser) -> None:
    """Add the option for a passphrase that takes the place of another."""
    parser.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="first line: the new passphrase")


def passphrase(options: Namespace, question: str, *, twice: bool = False) -> str:
    """Read the passphrase of ``--passphrase-file`` (first line) or ask for it.

    Raises ``program.passphrase_file``, ``program.passphrase_needed`` and ``program.passphrases_differ``.
    """
    return _passphrase(options.passphrase_file, question, twice=twice)


def new_passphrase(options: Namespace) -> str:
    """Read the passphrase of ``--new-passphrase-file`` or ask for it twice; raises what `passphrase` does."""
    return _passphrase(options.new_passphrase_file, "New passphrase", twice=True)


def officer_passphrase(options: Namespace) -> str:
    """Read the first passphrase of another officer from ``--officer-passphrase-file`` or ask for it twice."""
    return _passphrase(options.officer_passphrase_file, "First passphrase of the officer", twice=True)


def _passphrase(path: Path | None, question: str, *, twice: bool) -> str:
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


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise VictimIDError("file.not_there", name=path.name) from error
    except (OSError, UnicodeDecodeError) as error:
        raise VictimIDError("program.file_missing", name=path.name) from error
