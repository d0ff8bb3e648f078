"""The header of a vault or register: one random data key, wrapped once per officer and for headquarters.

No name, label or anything else that was typed is in it. Each slot is bound to format, vault and cost by
AES-256-GCM; the whole header is authenticated with a key derived from the data key.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from victimid.crypto import age
from victimid.crypto.header import FORMAT, Header, Slot, canonical, read, write
from victimid.crypto.kdf import CAP, DEFAULT_COST, FLOOR, Cost, stretch
from victimid.crypto.passphrase import require_enough
from victimid.crypto.secret import KEY_BYTES, DataKey, wipe
from victimid.errors import VictimIDError

_ID_BYTES: Final = 16
_SALT_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_PURPOSE: Final = "victimid keyfile header"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A data key and the slot that gave it, which says which officer it was."""

    slot_id: str
    key: DataKey


def create(
    path: Path, name: str, passphrase: str, *, recovery: Sequence[str] = (), cost: Cost = DEFAULT_COST
) -> Unlocked:
    """Write a header with a new data key, one slot, and one age file per recovery recipient.

    Raises ``keyfile.exists``, ``passphrase.too_weak``, ``keyfile.name_empty`` and what age says of a recipient.
    """
    if path.exists():
        raise VictimIDError("keyfile.exists")
    key = DataKey.random()
    vault_id = secrets.token_hex(_ID_BYTES)
    header = Header(
        vault=vault_id,
        salt=secrets.token_bytes(_SALT_BYTES),
        cost=cost,
        slots=(),
        recovery=tuple(_for_recovery(key, vault_id, recipient) for recipient in recovery),
    )
    slot = _wrap(header, secrets.token_hex(_ID_BYTES), key, name, passphrase)
    _seal(path, replace(header, slots=(slot,)), key)
    return Unlocked(slot.id, key)


def unlock(path: Path, name: str, passphrase: str, *, floor: Cost = FLOOR) -> Unlocked:
    """Open the header with one run of Argon2id.

    Raises ``keyfile.missing``, ``keyfile.damaged``, ``keyfile.newer_version``, ``keyfile.cost_out_of_range``
    before any work is done, ``keyfile.wrong_passphrase`` where no slot opens.
    """
    return _unlocked(read(path), name, passphrase, floor)


def add_slot(path: Path, key: DataKey, name: str, passphrase: str) -> str:
    """Let one more officer in and return the id of the new slot."""
    header = read(path)
    _authenticate(header, key)
    slot = _wrap(header, secrets.token_hex(_ID_BYTES), key, name, passphrase)
    _seal(path, replace(header, slots=(*header.slots, slot)), key)
    return slot.id


def add_recovery(path: Path, key: DataKey, recipient: str) -> None:
    """Let one more key of headquarters recover the vault; raises what age says of the recipient."""
    header = read(path)
    _authenticate(header, key)
    recovery = (*header.recovery, _for_recovery(key, header.vault, recipient))
    _seal(path, replace(header, recovery=recovery), key)


def change_passphrase(path: Path, name: str, old: str, new: str, *, floor: Cost = FLOOR) -> None:
    """Wrap the data key anew for one officer; the slot keeps its id, and no record is written again."""
    header = read(path)
    unlocked = _unlocked(header, name, old, floor)
    try:
        slot = _wrap(header, unlocked.slot_id, unlocked.key, name, new)
        slots = tuple(slot if known.id == slot.id else known for known in header.slots)
        _seal(path, replace(header, slots=slots), unlocked.key)
    finally:
        unlocked.key.wipe()


def _unlocked(header: Header, name: str, passphrase: str, floor: Cost) -> Unlocked:
    if not header.cost.within(floor, CAP):
        raise VictimIDError("keyfile.cost_out_of_range")
    slot_key = stretch(name, passphrase, header.salt, header.cost)
    try:
        unlocked = _first_open(header, slot_key)
    finally:
        wipe(slot_key)
    _authenticate(header, unlocked.key)
    return unlocked


def _wrap(header: Header, slot_id: str, key: DataKey, name: str, passphrase: str) -> Slot:
    require_enough(passphrase, name)
    slot_key = stretch(name, passphrase, header.salt, header.cost)
    try:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(slot_key).encrypt(nonce, key.material(), _bound_to(header, slot_id))
    finally:
        wipe(slot_key)
    return Slot(slot_id, nonce + sealed)


def _first_open(header: Header, slot_key: bytearray) -> Unlocked:
    cipher = AESGCM(slot_key)
    for slot in header.slots:
        material = bytearray(KEY_BYTES)
        nonce, sealed = slot.wrapped[:_NONCE_BYTES], slot.wrapped[_NONCE_BYTES:]
        try:
            cipher.decrypt_into(nonce, sealed, _bound_to(header, slot.id), material)
        except (InvalidTag, ValueError):
            continue
        return Unlocked(slot.id, DataKey(material))
    raise VictimIDError("keyfile.wrong_passphrase")


def _bound_to(header: Header, slot_id: str) -> bytes:
    return canonical({"format": FORMAT, "vault": header.vault, "cost": header.cost_fields(), "slot": slot_id})


def _seal(path: Path, header: Header, key: DataKey) -> None:
    write(path, replace(header, mac=key.authenticate(_PURPOSE, header.authenticated())))


def _authenticate(header: Header, key: DataKey) -> None:
    if not hmac.compare_digest(header.mac, key.authenticate(_PURPOSE, header.authenticated())):
        key.wipe()
        raise VictimIDError("keyfile.damaged")


def _for_recovery(key: DataKey, vault_id: str, recipient: str) -> bytes:
    """Write what headquarters reads with plain ``age -d``: which vault, and its data key in hex."""
    return age.encrypt(canonical({"vault": vault_id, "data_key": key.material().hex()}), [recipient])
