"""The file that waits in the vault's folder for headquarters' answer: a one-time secret key under a passphrase."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from victimid.crypto.age import AgeIdentity
from victimid.crypto.envelope import disclose, enclose
from victimid.crypto.kdf import CAP, Cost, stretch
from victimid.crypto.secret import wipe
from victimid.crypto.stored import (
    as_bytes,
    as_int,
    as_text,
    canonical,
    load,
    read_bounded,
    replace_file,
    text_of,
    with_checksum,
)
from victimid.errors import VictimIDError

_FORMAT: Final = 1
_SALT_BYTES: Final = 32
_MAX_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Pending:
    """What the file says: for which vault, the public half of the one-time key, and its sealed secret half."""

    vault: str
    salt: bytes
    cost: Cost
    recipient: str
    sealed: bytes = b""

    def secret(self, name: str, passphrase: str, floor: Cost) -> str:
        """Return the secret half; ``keyfile.cost_out_of_range``, ``keyfile.wrong_passphrase``."""
        key = _stretched(self, name, passphrase, floor)
        try:
            return disclose(key, self.sealed, self.bound_to()).decode("ascii")
        except ValueError as error:
            raise VictimIDError("keyfile.wrong_passphrase") from error
        finally:
            wipe(key)

    def bound_to(self) -> bytes:
        """Return what the secret half is bound to: all the rest."""
        return canonical({**self._content(), "sealed": ""})

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        return with_checksum(self._content())

    def _content(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "vault": self.vault,
            "salt": text_of(self.salt),
            "cost": asdict(self.cost),
            "recipient": self.recipient,
            "sealed": text_of(self.sealed),
        }


def write(path: Path, vault: str, cost: Cost, identity: AgeIdentity, name: str, passphrase: str, floor: Cost) -> None:
    """Keep a one-time key pair durably; ``keyfile.cost_out_of_range``, ``keyfile.not_written``."""
    pending = Pending(vault, secrets.token_bytes(_SALT_BYTES), cost, identity.recipient)
    key = _stretched(pending, name, passphrase, floor)
    try:
        sealed = enclose(key, identity.secret.encode("ascii"), pending.bound_to())
    finally:
        wipe(key)
    replace_file(path, replace(pending, sealed=sealed).to_bytes())


def read(path: Path) -> Pending:
    """Read the file; ``recovery.no_request``, ``recovery.pending_damaged``."""
    return parse(read_bounded(path, _MAX_BYTES, "recovery.no_request", "recovery.pending_damaged"))


def parse(content: bytes) -> Pending:
    """Read the bytes of the file; ``recovery.pending_damaged``."""
    try:
        pending = _parsed(load(content))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise VictimIDError("recovery.pending_damaged") from error
    if pending.to_bytes() != content:
        raise VictimIDError("recovery.pending_damaged")
    return pending


def _stretched(pending: Pending, name: str, passphrase: str, floor: Cost) -> bytearray:
    if not pending.cost.within(floor, CAP):
        raise VictimIDError("keyfile.cost_out_of_range")
    return stretch(name, passphrase, pending.salt, pending.cost)


def _parsed(stored: Mapping[str, Any]) -> Pending:
    cost = stored["cost"]
    return Pending(
        vault=as_text(stored["vault"]),
        salt=as_bytes(stored["salt"]),
        cost=Cost(*(as_int(cost[field.name]) for field in fields(Cost))),
        recipient=as_text(stored["recipient"]),
        sealed=as_bytes(stored["sealed"]),
    )
