"""Encryption to headquarters' keys in the age format, so that ``age -d`` opens it without this program.

Two kinds of keys: X25519, and since age 1.3 post-quantum ones, told apart by how they begin.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Final

from victimid.crypto import age_hybrid, age_x25519
from victimid.crypto.age_format import FILE_KEY_BYTES, write_header, write_secret
from victimid.crypto.secret import drawn, wipe
from victimid.crypto.streams import Source, Target
from victimid.errors import VictimIDError

_SECRET_PREFIX: Final = "age-secret-key-"  # noqa: S105 - the published prefix, not a secret


@dataclass(frozen=True, slots=True)
class AgeIdentity:
    """A key pair: the secret opens what was encrypted to the recipient."""

    secret: str = field(repr=False)
    recipient: str


def new_identity(*, post_quantum: bool = False) -> AgeIdentity:
    """Make a key pair."""
    return identity_of((age_hybrid if post_quantum else age_x25519).new_secret())


def identity_of(secret: str) -> AgeIdentity:
    """Return the key pair of a secret key; raises age.bad_identity."""
    trimmed = secret.strip()
    return AgeIdentity(trimmed.upper(), _kind_of_secret(trimmed).recipient_of(trimmed))


def check_recipient(text: str) -> str:
    """Return a typed public key in its one spelling.

    Raises age.secret_for_recipient (a secret key was given), age.recipient_kind (a hardware or SSH key, which
    cannot be used) and age.bad_recipient.
    """
    trimmed = text.strip()
    return str(_kind(trimmed).check_recipient(trimmed))


def check_recipients(texts: Sequence[str]) -> tuple[str, ...]:
    """Return typed public keys for which one file can be written.

    Raises what `check_recipient` does, and age.mixed_recipients: a file to both kinds would be as weak as the weaker.
    """
    checked = tuple(map(check_recipient, texts))
    if len(set(map(is_post_quantum, checked))) > 1:
        raise VictimIDError("age.mixed_recipients")
    return checked


def is_post_quantum(recipient: str) -> bool:
    """Tell whether a checked public key resists a quantum computer."""
    return recipient.startswith(age_hybrid.RECIPIENT_PREFIX + "1")


def fingerprint(recipient: str) -> str:
    """Return the hexadecimal SHA-256 of a public key's text, as ``printf %s KEY | sha256sum`` does."""
    return hashlib.sha256(recipient.encode("ascii")).hexdigest()


def encrypt(data: bytes | bytearray, recipients: Sequence[str]) -> bytes:
    """Encrypt something small to every recipient, leaving no copy behind; raises as `encrypt_stream`."""
    kind, checked = _kind_of_all(recipients)
    target, file_key = io.BytesIO(), drawn(FILE_KEY_BYTES)
    try:
        write_header(target, [kind.stanza(file_key, recipient) for recipient in checked], file_key)
        write_secret(data, target, file_key)
    finally:
        wipe(file_key)
    return target.getvalue()


def decrypt(data: bytes, secret: str) -> bytes:
    """Decrypt something small with a secret key; raises age.bad_identity, age.wrong_key and age.damaged."""
    target = io.BytesIO()
    decrypt_stream(io.BytesIO(data), target, secret)
    return target.getvalue()


def encrypt_stream(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt a stream of any length in constant memory; exceptions of the two streams come out unchanged.

    Raises age.no_recipient and what `check_recipients` does.
    """
    kind, checked = _kind_of_all(recipients)
    kind.encrypt_stream(source, target, checked)


def decrypt_stream(source: Source, target: Target, secret: str) -> None:
    """Decrypt a stream in constant memory; exceptions of the two streams come out unchanged.

    Damage may show only after clear text went to the target: use nothing of it unless this returns.
    Raises age.bad_identity, age.wrong_key and age.damaged.
    """
    _kind_of_secret(secret.strip()).decrypt_stream(source, target, secret)


def _kind_of_all(recipients: Sequence[str]) -> tuple[ModuleType, tuple[str, ...]]:
    checked = check_recipients(recipients)
    if not checked:
        raise VictimIDError("age.no_recipient")
    return _kind(checked[0]), checked


def _kind_of_secret(secret: str) -> ModuleType:
    return age_hybrid if secret.lower().startswith(age_hybrid.SECRET_PREFIX) else age_x25519


def _kind(recipient: str) -> ModuleType:
    """Return who deals with this kind of key: in Bech32 the last "1" ends the prefix that names it."""
    lower = recipient.lower()
    prefix = lower.rpartition("1")[0]
    if lower.startswith(_SECRET_PREFIX):
        raise VictimIDError("age.secret_for_recipient")
    if prefix == age_hybrid.RECIPIENT_PREFIX:
        return age_hybrid
    if lower.startswith("ssh-") or (lower.startswith("age1") and prefix != "age"):
        raise VictimIDError("age.recipient_kind")
    return age_x25519
