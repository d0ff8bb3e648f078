"""The header of a vault or register: one random data key, wrapped once per officer and for headquarters.

No name, label or anything else that was typed is in it. Every change raises its revision, is authenticated with
the data key and written as a whole, so that a crash leaves the header before or the one after.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from victimid.crypto.escrow import ways_for
from victimid.crypto.header import MOST_SLOTS, SALT_BYTES, Anchor, Header, Slot, read, write
from victimid.crypto.kdf import FLOOR, Cost
from victimid.crypto.secret import DataKey
from victimid.crypto.slots import ID_BYTES, new_slot, open_slot
from victimid.errors import VictimIDError


@dataclass(frozen=True, slots=True)
class State:
    """What a header says besides keys: how often it was written, the anchor, who gets in, how it is recovered.

    ``slots`` are the ids of the slots, each with the revision with which it was written.
    """

    vault: str
    revision: int
    anchor: Anchor | None
    slots: Mapping[str, int]
    ways: int


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A data key and the slot that gave it, which says which officer it was; ``written`` with which revision.

    ``next_key`` is there if a rekey was not finished: the database has either key, and `rekeying` goes on from there.
    """

    slot_id: str
    key: DataKey
    written: int
    anchor: Anchor | None = None
    next_key: DataKey | None = None


def create(path: Path, name: str, passphrase: str, *, recovery: Iterable[Sequence[str]] = (), cost: Cost) -> Unlocked:
    """Write a header with a new data key, one slot, and the ways to recover (see `escrow.ways_for`).

    Raises ``keyfile.exists``, ``passphrase.too_weak``, ``keyfile.name_empty``, ``recovery.persons``, what age says
    of a recipient, ``keyfile.not_written``.
    """
    if path.exists():
        raise VictimIDError("keyfile.exists")
    key = DataKey.random()
    vault, salt = secrets.token_hex(ID_BYTES), secrets.token_bytes(SALT_BYTES)
    header = Header(vault, salt, cost, recovery=ways_for(key, vault, recovery))
    slot = new_slot(header, key, name, passphrase)
    sealed = replace(header, slots=(slot,)).sealed(key)
    write(path, sealed)
    return Unlocked(slot.id, key, sealed.revision)


def unlock(path: Path, name: str, passphrase: str, *, floor: Cost = FLOOR) -> Unlocked:
    """Open the header with one run of Argon2id.

    Raises ``keyfile.missing``, ``keyfile.damaged``, ``keyfile.newer_version``, ``keyfile.cost_out_of_range``
    before any work is done, ``keyfile.erased`` where no slot is left, ``keyfile.wrong_passphrase`` where none opens.
    """
    return _unlocked(read(path), name, passphrase, floor)


def state(path: Path, key: DataKey) -> State:
    """Read the header as it is now; ``keyfile.damaged`` if this key did not seal it."""
    header = authentic(path, key)
    slots = {slot.id: header.written(slot) for slot in header.slots}
    return State(header.vault, header.revision, header.anchor, slots, len(header.recovery))


def add_slot(path: Path, key: DataKey, name: str, passphrase: str, slot_id: str = "", above: int = 0) -> str:
    """Let one more officer in and return the id of the new slot; after the slots were destroyed, under the old id.

    ``above`` is a revision with which this officer's slot was once written, in case an old header was put back.
    Raises ``keyfile.full`` (most), ``passphrase.too_weak``, ``keyfile.name_empty``.
    """
    slot_id = slot_id or secrets.token_hex(ID_BYTES)

    def added(header: Header) -> tuple[Slot, ...]:
        if len(header.slots) >= MOST_SLOTS:
            raise VictimIDError("keyfile.full", most=MOST_SLOTS)
        return (*header.slots, new_slot(header, key, name, passphrase, slot_id))

    _edit(path, key, added, above=above)
    return slot_id


def remove_slot(path: Path, key: DataKey, slot_id: str) -> None:
    """Let an officer in no longer; ``keyfile.slot_unknown``, ``keyfile.last_slot``.

    Who kept the data key or an old copy of the header still has it: that takes a rekey.
    """

    def without(header: Header) -> tuple[Slot, ...]:
        if len(header.slots) == 1:
            raise VictimIDError("keyfile.last_slot")
        return tuple(slot for slot in header.slots if slot.id != slot_id)

    _edit(path, key, without, slot_id)


def keep_slots(path: Path, key: DataKey, slot_ids: Collection[str]) -> None:
    """Let in nobody but these officers; ``keyfile.last_slot`` where nobody would be left."""

    def kept(header: Header) -> tuple[Slot, ...]:
        slots = tuple(slot for slot in header.slots if slot.id in slot_ids)
        if not slots:
            raise VictimIDError("keyfile.last_slot")
        return slots

    _edit(path, key, kept)


def replace_slot(path: Path, key: DataKey, slot_id: str, name: str, passphrase: str, above: int = 0) -> None:
    """Give an officer a new passphrase and key pair; ``keyfile.slot_unknown``. No record is written again.

    ``above`` is as in `add_slot`.
    """

    def exchanged(header: Header) -> tuple[Slot, ...]:
        slot = new_slot(header, key, name, passphrase, slot_id)
        return tuple(slot if known.id == slot_id else known for known in header.slots)

    _edit(path, key, exchanged, slot_id, above)


def change_passphrase(path: Path, name: str, old: str, new: str, *, floor: Cost = FLOOR) -> None:
    """Exchange a passphrase by whoever knows it; the slot keeps its id. Raises as `unlock` and `replace_slot`."""
    unlocked = unlock(path, name, old, floor=floor)
    try:
        replace_slot(path, unlocked.key, unlocked.slot_id, name, new)
    finally:
        for key in filter(None, (unlocked.key, unlocked.next_key)):
            key.wipe()


def add_recovery(path: Path, key: DataKey, way: Sequence[str]) -> None:
    """Add a way to recover; ``recovery.persons`` and what age says of a recipient."""
    header = editable(path, key)
    recovery = (*header.recovery, *ways_for(key, header.vault, [way]))
    write(path, replace(header, recovery=recovery).sealed(key))


def set_recovery(path: Path, key: DataKey, ways: Iterable[Sequence[str]]) -> None:
    """Put other ways to recover in place of those there are; raises as `add_recovery`."""
    header = editable(path, key)
    write(path, replace(header, recovery=ways_for(key, header.vault, ways)).sealed(key))


def set_anchor(path: Path, key: DataKey, anchor: Anchor) -> None:
    """Note how far the record of actions went."""
    write(path, replace(editable(path, key), anchor=anchor).sealed(key))


def authentic(path: Path, key: DataKey) -> Header:
    """Read a header that this key sealed."""
    header = read(path)
    header.authenticate(key)
    return header


def editable(path: Path, key: DataKey) -> Header:
    """Read a header to change it; ``keyfile.rekey_unfinished`` while there are two data keys."""
    header = authentic(path, key)
    if header.next:
        raise VictimIDError("keyfile.rekey_unfinished")
    return header


def _edit(
    path: Path, key: DataKey, slots: Callable[[Header], tuple[Slot, ...]], slot_id: str = "", above: int = 0
) -> None:
    stored = editable(path, key)
    header = replace(stored, revision=max(stored.revision, above))
    if slot_id and slot_id not in {slot.id for slot in header.slots}:
        raise VictimIDError("keyfile.slot_unknown")
    write(path, replace(header, slots=slots(header)).sealed(key))


def _unlocked(header: Header, name: str, passphrase: str, floor: Cost) -> Unlocked:
    slot, key, next_key = open_slot(header, name, passphrase, floor)
    try:
        header.authenticate(key)
    except VictimIDError:
        for secret in filter(None, (key, next_key)):
            secret.wipe()
        raise
    return Unlocked(slot.id, key, header.written(slot), header.anchor, next_key)
