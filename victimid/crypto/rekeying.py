"""A new data key in three steps, so that a crash at any time leaves a header that opens the database.

`begin` puts the new key beside the old one, for every slot and way to recover. Then the database is rekeyed. `finish`
drops the old key, `abandon` the new one; until then every unlocking gives both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from victimid.crypto.escrow import ways_for
from victimid.crypto.header import Header, Next, write
from victimid.crypto.keyfile import authentic, editable
from victimid.crypto.secret import DataKey
from victimid.crypto.slots import rewrapped
from victimid.errors import VictimIDError

_PURPOSE: Final = "victimid next key"


def begin(path: Path, key: DataKey, ways: Iterable[Sequence[str]]) -> DataKey:
    """Draw a new data key and return it; nobody's passphrase is needed.

    The ways to recover it also hold the old key, for backups and in case the database was not rekeyed. Raises
    ``keyfile.rekey_unfinished``, ``recovery.persons``, what age says of a recipient, ``keyfile.not_written``,
    ``keyfile.too_large``.
    """
    header, new_key = editable(path, key), DataKey.random()
    slots = tuple(replace(slot, next=rewrapped(header, slot, key, new_key)) for slot in header.slots)
    recovery = ways_for(new_key, header.vault, ways, former=key)
    write(path, replace(header, slots=slots, next=Next(recovery, _mark(header, new_key))).sealed(key))
    return new_key


def finish(path: Path, key: DataKey, new_key: DataKey) -> None:
    """Let only the new key open the header; ``keyfile.no_rekey`` unless it is the one that was begun with."""
    header = authentic(path, key)
    if not header.next or header.next.mac != _mark(header, new_key):
        raise VictimIDError("keyfile.no_rekey")
    slots = tuple(replace(slot, wrapped=slot.next, next=b"") for slot in header.slots)
    write(path, replace(header, slots=slots, recovery=header.next.recovery, next=None).sealed(new_key))


def abandon(path: Path, key: DataKey) -> None:
    """Let only the old key open the header; ``keyfile.no_rekey``."""
    header = authentic(path, key)
    if not header.next:
        raise VictimIDError("keyfile.no_rekey")
    slots = tuple(replace(slot, next=b"") for slot in header.slots)
    write(path, replace(header, slots=slots, next=None).sealed(key))


def _mark(header: Header, new_key: DataKey) -> str:
    return new_key.authenticate(_PURPOSE, header.vault.encode())
