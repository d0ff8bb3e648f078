"""The file that waits in the vault's folder for headquarters' answers: one-time secret keys under passphrases."""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
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
    """The key pair of one request: its public half, and its sealed secret half.

    ``asked`` is when it was made by the laptop's clock, in seconds since 1970.
    """

    recipient: str
    asked: int
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

    def opened(self, name: str, passphrase: str, floor: Cost) -> tuple[tuple[OneTime, str], ...]:
        """Return the requests of this officer with their secret halves.

        Raises ``keyfile.cost_out_of_range``, ``keyfile.wrong_passphrase``.
        """
        key = self.stretched(name, passphrase, floor)
        try:
            found = [(each, self._disclosed(each, key)) for each in self.requests]
        finally:
            wipe(key)
        own = tuple((each, secret) for each, secret in found if secret)
        if not own:
            raise VictimIDError("keyfile.wrong_passphrase")
        return own

    def stretched(self, name: str, passphrase: str, floor: Cost) -> bytearray:
        """Return the key under which an officer's requests are sealed; ``keyfile.cost_out_of_range``."""
        if not self.cost.within(floor, CAP):
            raise VictimIDError("keyfile.cost_out_of_range")
        return stretch(name, passphrase, self.salt, self.cost)

    def bound_to(self, request: OneTime) -> bytes:
        """Return what a secret half is bound to: its public half, its time, and all the rest but other requests."""
        one = {"recipient": request.recipient, "asked": request.asked}
        return canonical({**self._content(), "requests": [one]})

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        return with_checksum(self._content())

    def _disclosed(self, request: OneTime, key: bytearray) -> str:
        try:
            return disclose(key, request.sealed, self.bound_to(request)).decode("ascii")
        except ValueError:
            return ""

    def _content(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "purpose": self.purpose.value,
            "vault": self.vault,
            "salt": text_of(self.salt),
            "cost": asdict(self.cost),
            "requests": [
                {"recipient": each.recipient, "asked": each.asked, "sealed": text_of(each.sealed)}
                for each in self.requests
            ],
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


def add(
    path: Path, pending: Pending, identity: AgeIdentity, name: str, passphrase: str, at: datetime, floor: Cost
) -> None:
    """Keep one more one-time key pair durably; ``keyfile.cost_out_of_range``, ``keyfile.not_written``.

    Whoever stands at the locked screen can add requests, but none of them keeps another from being answered; only
    beyond some hundreds the oldest go.
    """
    request = OneTime(identity.recipient, int(at.timestamp()))
    key = pending.stretched(name, passphrase, floor)
    try:
        sealed = enclose(key, identity.secret.encode("ascii"), pending.bound_to(request))
    finally:
        wipe(key)
    requests = (*pending.requests, replace(request, sealed=sealed))[-_MOST:]
    replace_file(path, replace(pending, requests=requests).to_bytes())


def forget(path: Path, recipients: Collection[str]) -> None:
    """Drop requests that were answered; what `read` raises, ``keyfile.not_written``."""
    _keep(path, lambda each: each.recipient not in recipients)


def forget_before(path: Path, moment: datetime) -> None:
    """Drop requests that were made before a moment; what `read` raises, ``keyfile.not_written``."""
    oldest = moment.timestamp()
    _keep(path, lambda each: each.asked >= oldest)


def read(path: Path, purpose: Purpose) -> Pending:
    """Read the file; ``recovery.no_request``, ``recovery.pending_damaged``, also for one with another purpose."""
    pending = _read(path)
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


def _keep(path: Path, wanted: Callable[[OneTime], bool]) -> None:
    pending = _read(path)
    left = tuple(filter(wanted, pending.requests))
    if not left:
        path.unlink()
    elif left != pending.requests:
        replace_file(path, replace(pending, requests=left).to_bytes())


def _read(path: Path) -> Pending:
    return parse(read_bounded(path, _MAX_BYTES, "recovery.no_request", "recovery.pending_damaged"))


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
    return OneTime(
        recipient=shapes.recipient(stored["recipient"]),
        asked=shapes.number(stored["asked"]),
        sealed=shapes.bytes_of(stored["sealed"], _SEALED_BYTES),
    )
