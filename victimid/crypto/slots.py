"""Slots: how one officer's passphrase leads to the data key, and how others may change that key without it.

The private key of a slot lies under the passphrase, the data key under the public key (HPKE). Anybody could encrypt
to a public key, so the wrapping also hangs on a token that only the slot's owner and holders of the data key know:
nobody else can slip an officer a data key of their own.
"""

import secrets
from dataclasses import replace
from typing import Final

from victimid.crypto import hybrid
from victimid.crypto.envelope import disclose, enclose
from victimid.crypto.header import FORMAT, SEALED_KEY_BYTES, Header, Slot
from victimid.crypto.kdf import CAP, Cost, stretch
from victimid.crypto.passphrase import require_enough
from victimid.crypto.secret import DataKey, derived, drawn, wipe
from victimid.crypto.stored import canonical
from victimid.errors import VictimIDError

ID_BYTES: Final = 16
_TOKEN_PURPOSE: Final = "victimid slot token"  # noqa: S105 - a label, not a secret


def new_slot(header: Header, key: DataKey, name: str, passphrase: str, slot_id: str = "") -> Slot:
    """Make a slot with a key pair of its own, for the next revision of the header.

    Raises ``passphrase.too_weak``, ``keyfile.name_empty``.
    """
    require_enough(passphrase, name)
    seed = drawn(hybrid.SEED_BYTES)
    slot = Slot(slot_id or secrets.token_hex(ID_BYTES), hybrid.public_of(seed), b"", b"", written=header.revision + 1)
    slot_key = stretch(name, passphrase, header.salt, header.cost)
    token = derived(seed, _TOKEN_PURPOSE.encode())
    try:
        sealed = enclose(slot_key, seed, _bound_to(header, slot))
        return replace(slot, sealed=sealed, wrapped=_wrapped(header, slot, token, key))
    finally:
        for secret in (seed, slot_key, token):
            wipe(secret)


def open_slot(header: Header, name: str, passphrase: str, floor: Cost) -> tuple[Slot, DataKey, DataKey | None]:
    """Return the slot that opens, its data key, and the next one if a rekey is unfinished; one run of Argon2id.

    Raises ``keyfile.cost_out_of_range`` before any work is done, ``keyfile.erased``, ``keyfile.wrong_passphrase``.
    """
    if not header.cost.within(floor, CAP):
        raise VictimIDError("keyfile.cost_out_of_range")
    if not header.slots:
        raise VictimIDError("keyfile.erased")
    slot_key = stretch(name, passphrase, header.salt, header.cost)
    try:
        slot, seed = _unsealed(header, slot_key)
    finally:
        wipe(slot_key)
    token = derived(seed, _TOKEN_PURPOSE.encode())
    try:
        key = _unwrapped(header, slot, seed, token, slot.wrapped)
        following = _unwrapped(header, slot, seed, token, slot.next) if header.next else None
    finally:
        wipe(seed)
        wipe(token)
    return slot, key, following


def rewrapped(header: Header, slot: Slot, key: DataKey, new_key: DataKey) -> bytes:
    """Wrap a new data key for a slot, with the data key but without its owner; ``keyfile.damaged``."""
    token_key = key.derive(_TOKEN_PURPOSE)
    try:
        token = disclose(token_key, slot.wrapped[SEALED_KEY_BYTES:], _bound_to(header, slot))
    except ValueError as error:
        raise VictimIDError("keyfile.damaged") from error
    finally:
        wipe(token_key)
    try:
        return _wrapped(header, slot, token, new_key)
    finally:
        wipe(token)


def _wrapped(header: Header, slot: Slot, token: bytearray, key: DataKey) -> bytes:
    token_key, info = key.derive(_TOKEN_PURPOSE), _info(header, slot, token)
    try:
        return hybrid.seal(slot.public, info, key.material()) + enclose(token_key, token, _bound_to(header, slot))
    finally:
        wipe(token_key)
        wipe(info)


def _unwrapped(header: Header, slot: Slot, seed: bytearray, token: bytearray, wrapped: bytes) -> DataKey:
    info = _info(header, slot, token)
    try:
        return DataKey(hybrid.unseal(seed, info, wrapped[:SEALED_KEY_BYTES]))
    except ValueError as error:
        raise VictimIDError("keyfile.damaged") from error
    finally:
        wipe(info)


def _unsealed(header: Header, slot_key: bytearray) -> tuple[Slot, bytearray]:
    for slot in header.slots:
        try:
            return slot, disclose(slot_key, slot.sealed, _bound_to(header, slot))
        except ValueError:
            continue
    raise VictimIDError("keyfile.wrong_passphrase")


def _bound_to(header: Header, slot: Slot) -> bytes:
    public = slot.public.hex()
    return canonical(
        {"format": FORMAT, "vault": header.vault, "cost": header.cost_fields(), "slot": slot.id, "public": public}
    )


def _info(header: Header, slot: Slot, token: bytearray) -> bytearray:
    return bytearray(_bound_to(header, slot)) + token
