"""The file that waits in the vault's folder for headquarters' answers: one-time secret keys under passphrases."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
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


@dataclass(frozen=True, slots=True)
class OneTime:
    """The key pair of one request: its public half, and its sealed secret half."""

    recipient: str
    sealed: bytes = b""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the file says: for which vault, how every passphrase is stretched, and the requests, oldest first.

    One run of Argon2id is tried on all of them, so that those of others cost an officer nothing.
    """

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
            "vault": self.vault,
            "salt": text_of(self.salt),
            "cost": asdict(self.cost),
            "requests": [{"recipient": each.recipient, "sealed": text_of(each.sealed)} for each in self.requests],
        }


def add(path: Path, vault: str, cost: Cost, identity: AgeIdentity, name: str, passphrase: str, floor: Cost) -> None:
    """Keep one more one-time key pair durably; ``keyfile.cost_out_of_range``, ``keyfile.not_written``.

    Whoever stands at the locked screen can add requests, but none of them keeps another from being answered; only
    beyond some hundreds the oldest go. A file that is damaged or of another vault holds nothing that could be used.
    """
    pending = _standing(path, vault, floor) or Pending(vault, secrets.token_bytes(_SALT_BYTES), cost)
    key = pending.stretched(name, passphrase, floor)
    try:
        sealed = enclose(key, identity.secret.encode("ascii"), pending.bound_to(identity.recipient))
    finally:
        wipe(key)
    requests = (*pending.requests, OneTime(identity.recipient, sealed))[-_MOST:]
    replace_file(path, replace(pending, requests=requests).to_bytes())


def forget(path: Path, recipients: Collection[str]) -> None:
    """Drop requests that were answered; what `read` raises, ``keyfile.not_written``."""
    pending = read(path)
    left = tuple(each for each in pending.requests if each.recipient not in recipients)
    if left:
        replace_file(path, replace(pending, requests=left).to_bytes())
    else:
        path.unlink()


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


def _standing(path: Path, vault: str, floor: Cost) -> Pending | None:
    """Return the file as it is, None where nothing in it could be used."""
    try:
        found = read(path)
    except VictimIDError:
        return None
    return found if found.vault == vault and found.cost.within(floor, CAP) else None


def _parsed(stored: Mapping[str, Any]) -> Pending:
    requests = stored["requests"]
    if not 0 < len(requests) <= _MOST:
        raise ValueError
    return Pending(
        vault=shapes.hex_digits(stored["vault"], _VAULT_DIGITS),
        salt=shapes.bytes_of(stored["salt"], {_SALT_BYTES}),
        cost=shapes.cost(stored["cost"]),
        requests=tuple(map(_parsed_request, requests)),
    )


def _parsed_request(stored: Any) -> OneTime:
    return OneTime(shapes.recipient(stored["recipient"]), shapes.bytes_of(stored["sealed"], _SEALED_BYTES))
