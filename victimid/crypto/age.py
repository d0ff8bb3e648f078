"""Encryption to headquarters' keys in the age format, so that ``age -d`` opens it without this program."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyrage

from victimid.errors import VictimIDError

_SECRET_PREFIX = "age-secret-key-"  # noqa: S105 - the published prefix, not a secret
_NO_MATCH = "No matching keys found"


class Source(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class Target(Protocol):
    """Anything bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes."""


@dataclass(frozen=True, slots=True)
class AgeIdentity:
    """A key pair: the secret opens what was encrypted to the recipient."""

    secret: str = field(repr=False)
    recipient: str


def new_identity() -> AgeIdentity:
    """Make an X25519 key pair."""
    identity = pyrage.x25519.Identity.generate()
    return AgeIdentity(str(identity), str(identity.to_public()))


def identity_of(secret: str) -> AgeIdentity:
    """Return the key pair of a secret key; raises age.bad_identity."""
    identity = _identity(secret)
    return AgeIdentity(str(identity), str(identity.to_public()))


def check_recipient(text: str) -> str:
    """Return a typed public key in its one spelling.

    Raises age.secret_for_recipient (a secret key was given), age.recipient_kind (a post-quantum, hardware or
    SSH key, which cannot be used yet) and age.bad_recipient.
    """
    return str(_recipient(text))


def fingerprint(recipient: str) -> str:
    """Return the hexadecimal SHA-256 of a public key's text, as ``printf %s KEY | sha256sum`` does."""
    return hashlib.sha256(recipient.encode("ascii")).hexdigest()


def encrypt(data: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt something small to every recipient; raises as `check_recipient`, and age.no_recipient."""
    target = io.BytesIO()
    encrypt_stream(io.BytesIO(data), target, recipients)
    return target.getvalue()


def decrypt(data: bytes, secret: str) -> bytes:
    """Decrypt something small with a secret key; raises age.bad_identity, age.wrong_key and age.damaged."""
    target = io.BytesIO()
    decrypt_stream(io.BytesIO(data), target, secret)
    return target.getvalue()


def encrypt_stream(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt a stream of any length in constant memory; exceptions of the two streams come out unchanged."""
    keys = [_recipient(text) for text in recipients]
    if not keys:
        raise VictimIDError("age.no_recipient")
    watched = _Watched(source, target)
    try:
        pyrage.encrypt_io(watched, watched, keys)
    except (pyrage.EncryptError, OSError):
        raise watched.error or VictimIDError("age.not_encrypted") from None


def decrypt_stream(source: Source, target: Target, secret: str) -> None:
    """Decrypt a stream in constant memory; exceptions of the two streams come out unchanged.

    Damage may show only after clear text went to the target: use nothing of it unless this returns.
    Raises age.bad_identity, age.wrong_key and age.damaged.
    """
    identity = _identity(secret)
    watched = _Watched(source, target)
    try:
        pyrage.decrypt_io(watched, watched, [identity])
    except (pyrage.DecryptError, OSError) as error:
        if watched.error is not None:
            raise watched.error from None
        code = "age.wrong_key" if str(error) == _NO_MATCH else "age.damaged"
        raise VictimIDError(code) from None


class _Watched:
    """Both streams of a run; keeps their first exception, which pyrage would flatten into a text."""

    def __init__(self, source: Source, target: Target) -> None:
        self._source = source
        self._target = target
        self.error: BaseException | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Read from the source."""
        try:
            return self._source.read(size)
        except BaseException as error:
            self.error = self.error or error
            raise

    def write(self, data: bytes, /) -> int:
        """Write all of the data to the target."""
        try:
            self._target.write(data)
        except BaseException as error:
            self.error = self.error or error
            raise
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever owns the target flushes it."""


def _identity(secret: str) -> Any:
    try:
        return pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError:
        raise VictimIDError("age.bad_identity") from None


def _recipient(text: str) -> Any:
    trimmed = text.strip()
    lower = trimmed.lower()
    if lower.startswith(_SECRET_PREFIX):
        raise VictimIDError("age.secret_for_recipient")
    # In Bech32 the last "1" ends the prefix that names the kind of key: "age" alone is X25519.
    if lower.startswith("ssh-") or (lower.startswith("age1") and lower.rpartition("1")[0] != "age"):
        raise VictimIDError("age.recipient_kind")
    try:
        return pyrage.x25519.Recipient.from_str(trimmed)
    except pyrage.RecipientError:
        raise VictimIDError("age.bad_recipient") from None
