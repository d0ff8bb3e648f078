"""``victimid vault …``: the encrypted store of a laptop; each module adds the commands of one subject."""

from argparse import ArgumentParser
from typing import Any

from victimid.cli import (
    vault_audit,
    vault_backup,
    vault_create,
    vault_keys,
    vault_officers,
    vault_policy,
    vault_recovery,
    vault_retention,
    vault_search,
    vault_verify,
)

_SUBJECTS = (
    vault_create,
    vault_verify,
    vault_officers,
    vault_keys,
    vault_backup,
    vault_recovery,
    vault_audit,
    vault_policy,
    vault_retention,
    vault_search,
)


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    vault = commands.add_parser("vault", help="the encrypted store").add_subparsers(required=True, metavar="ACTION")
    for subject in _SUBJECTS:
        subject.add_commands(vault, common)
