"""The file that waits in the vault's folder for headquarters' answers: one-time secret keys under passphrases."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from victimid.crypto import shapes
from victimid.crypto.age import AgeIdentity
from victimid.crypto.envelope import ADDED_BYTES, disclose, enclose
from victimid.crypto.kdf import CAP, Cost, stretch
from victimid.crypto.secret import wipe
from victimid.crypto.stored import canonical, load, read_bounded, replace_file, text_of, with_checksum
from victimid.errors import VictimIDError

_FORMAT: Final = 1
_SALT_BYTES: Final = 32
_VAULT_DIGITS: Final = 32
_SEALED_BYTES: Final = range(ADDED_BYTES + 1, 300)
_MOST: Final = 400
_MAX_BYTES: Final = 1024 * 1024


class Purpose(StrEnum):
    """What an answer is for: a rehearsal's lets nobody in."""

    RECOVERY = "recovery"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, slots=True)
class OneTime:
    """The key pair of one request: its public half, and its sealed secret half."""

    recipient: str
    sealed: bytes = b""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the file says: what for, for which vault, how every passphrase is stretched, and the requests, oldest first.

    One run of Argon2id is tried on all of them, so that those of others cost an officer nothing.
    """

    purpose: Purpose
    vault: str
    salt: bytes
    cost: Cost
    requests: tuple[OneTime, ...] = ()

    def opened(self, name: str, passphrase: str, floor: Cost) -> tuple[AgeIdentity, ...]:
        """Return the key pairs of this officer; ``keyfile.cost_out_of_range``, ``keyfile.wrong_passphrase``."""
        key = self.stretched(name, passphrase, floor)
        try:
            found = [(each.recipient, self._disclosed(each, key)) for each in self.requests]
        finally:
            wipe(key)
        own = tuple(AgeIdentity(secret=secret, recipient=recipient) for recipient, secret in found if secret)
        if not own:
            raise VictimIDError("keyfile.wrong_passphrase")
        return own

    def stretched(self, name: str, passphrase: str, floor: Cost) -> bytearray:
        """Return the key under which an officer's requests are sealed; ``keyfile.cost_out_of_range``."""
        if not self.cost.within(floor, CAP):
            raise VictimIDError("keyfile.cost_out_of_range")
        return stretch(name, passphrase, self.salt, self.cost)

    def bound_to(self, recipient: str) -> bytes:
        """Return what a secret half is bound to: its public half, and all the rest but other requests."""
        return canonical({**self._content(), "requests": [{"recipient": recipient}]})

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        return with_checksum(self._content())

    def _disclosed(self, request: OneTime, key: bytearray) -> str:
        try:
            return disclose(key, request.sealed, self.bound_to(request.recipient)).decode("ascii")
        except ValueError:
            return ""

    def _content(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "purpose": self.purpose.value,
            "vault": self.vault,
            "salt": text_of(self.salt),
            "cost": asdict(self.cost),
            "requests": [{"recipient": each.recipient, "sealed": text_of(each.sealed)} for each in self.requests],
        }


def begun(path: Path, purpose: Purpose, vault: str, cost: Cost, floor: Cost) -> Pending:
    """Return the file as it is, or one without requests where nothing in it could be used."""
    try:
        found = read(path, purpose)
    except VictimIDError:
        found = None
    if found and found.vault == vault and found.cost.within(floor, CAP):
        return found
    return Pending(purpose, vault, secrets.token_bytes(_SALT_BYTES), cost)


def add(path: Path, pending: Pending, identity: AgeIdentity, name: str, passphrase: str, floor: Cost) -> None:
    """Keep one more one-time key pair durably; ``keyfile.cost_out_of_range``, ``keyfile.not_written``.

    Whoever stands at the locked screen can add requests, but none of them keeps another from being answered; only
    beyond some hundreds the oldest go.
    """
    key = pending.stretched(name, passphrase, floor)
    try:
        sealed = enclose(key, identity.secret.encode("ascii"), pending.bound_to(identity.recipient))
    finally:
        wipe(key)
    requests = (*pending.requests, OneTime(identity.recipient, sealed))[-_MOST:]
    replace_file(path, replace(pending, requests=requests).to_bytes())


def forget(path: Path, recipients: Collection[str]) -> None:
    """Drop requests for recovery that were answered; what `read` raises, ``keyfile.not_written``."""
    pending = read(path, Purpose.RECOVERY)
    left = tuple(each for each in pending.requests if each.recipient not in recipients)
    if left:
        replace_file(path, replace(pending, requests=left).to_bytes())
    else:
        path.unlink()


def read(path: Path, purpose: Purpose) -> Pending:
    """Read the file; ``recovery.no_request``, ``recovery.pending_damaged``, also for one with another purpose."""
    pending = parse(read_bounded(path, _MAX_BYTES, "recovery.no_request", "recovery.pending_damaged"))
    if pending.purpose is not purpose:
        raise VictimIDError("recovery.pending_damaged")
    return pending


def parse(content: bytes) -> Pending:
    """Read the bytes of the file; ``recovery.pending_damaged``."""
    try:
        pending = _parsed(load(content))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise VictimIDError("recovery.pending_damaged") from error
    if pending.to_bytes() != content:
        raise VictimIDError("recovery.pending_damaged")
    return pending


def _parsed(stored: Mapping[str, Any]) -> Pending:
    requests = stored["requests"]
    if not 0 < len(requests) <= _MOST:
        raise ValueError
    return Pending(
        purpose=Purpose(stored["purpose"]),
        vault=shapes.hex_digits(stored["vault"], _VAULT_DIGITS),
        salt=shapes.bytes_of(stored["salt"], {_SALT_BYTES}),
        cost=shapes.cost(stored["cost"]),
        requests=tuple(map(_parsed_request, requests)),
    )


def _parsed_request(stored: Any) -> OneTime:
    return OneTime(shapes.recipient(stored["recipient"]), shapes.bytes_of(stored["sealed"], _SEALED_BYTES))
